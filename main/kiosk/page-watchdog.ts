import type { Clock } from '../vision/clock.ts';
import { RestartBudget } from '../vision/restart-budget.ts';

export interface PageWatchdogOptions {
  readonly clock: Clock;
  /** Loads the page again. `reason` is for the log. */
  readonly reload: (reason: string) => void;
}

/** Results sent over so long a time, and none drawn: the page is white, frozen, or its script is broken. */
export const frozenAfterMs = 10_000;
/** A page that loads needs longer until its first picture, above all right after the start of the machine. */
export const graceAfterLoadMs = 20_000;
/** Once the quick reloads are spent: a kiosk without a page is of no use, so it never gives up. */
const slowReloadMs = 60_000;

/**
 * Sees to it that there is always a page that draws. A crash is reported by Electron; a page that merely stands still
 * is found by results that were sent to it and not drawn.
 */
export class PageWatchdog {
  readonly #options: PageWatchdogOptions;
  readonly #budget: RestartBudget;
  #waitingSince: number | null = null;
  #graceUntil = Number.NEGATIVE_INFINITY;
  #reloadDue = false;
  #cancelReload: () => void = () => {};

  constructor(options: PageWatchdogOptions) {
    this.#options = options;
    const budget = { restarts: 4, windowMs: 10 * 60_000, firstWaitMs: 250, longestWaitMs: 10_000 };
    this.#budget = new RestartBudget(budget, () => options.clock.now());
  }

  /** A page begins to load. */
  loading(): void {
    this.#waitingSince = null;
    this.#graceUntil = this.#options.clock.now() + graceAfterLoadMs;
  }

  /** A result went to the page. */
  sent(): void {
    const now = this.#options.clock.now();
    this.#waitingSince ??= Math.max(now, this.#graceUntil);
    if (now - this.#waitingSince >= frozenAfterMs) this.broken(`nothing drawn for ${now - this.#waitingSince} ms`);
  }

  drawn(): void {
    this.#waitingSince = null;
    this.#graceUntil = Number.NEGATIVE_INFINITY;
  }

  /** The page crashed, hangs, or could not be loaded. */
  broken(reason: string): void {
    this.#waitingSince = null;
    if (this.#reloadDue) return;
    this.#reloadDue = true;
    this.#cancelReload = this.#options.clock.after(this.#budget.take() ?? slowReloadMs, () => {
      this.#reloadDue = false;
      this.loading();
      this.#options.reload(reason);
    });
  }

  close(): void {
    this.#cancelReload();
    this.#reloadDue = true;
  }
}
