import type { Clock } from '../vision/clock.ts';
import type { RestartBudgetOptions } from '../vision/restart-budget.ts';
import { RestartBudget } from '../vision/restart-budget.ts';
import { exitStatus } from './watch-protocol.ts';

/** The application as the watchdog sees it. */
export interface Watched {
  /** Ends it at once, whatever state it is in. */
  kill(): void;
}

export interface WatchdogTiming {
  /** Silence of an application that has been ready. */
  readonly hangMs: number;
  /**
   * Silence of one that is not ready yet: on a slow disk, after an update, behind a virus scanner. And so long at most
   * from its first heartbeat on: one that has time for a heartbeat and does not become ready will not do so any more.
   */
  readonly startMs: number;
  readonly budget: RestartBudgetOptions;
  /** Between attempts once the budget is spent. */
  readonly slowRetryMs: number;
  /** After so much time without trouble, all is forgiven. */
  readonly steadyMs: number;
}

export const watchdogTiming: WatchdogTiming = {
  hangMs: 15_000,
  startMs: 90_000,
  budget: { restarts: 5, windowMs: 10 * 60_000, firstWaitMs: 500, longestWaitMs: 10_000 },
  slowRetryMs: 15 * 60_000,
  steadyMs: 10 * 60_000,
};

export interface WatchdogOptions {
  readonly clock: Clock;
  readonly timing?: WatchdogTiming;
  /** Starts the application. @throws when it cannot be started */
  readonly start: () => Watched;
  readonly onRestart: (reason: string, waitMs: number) => void;
  /** The budget is spent: this is where somebody has to be told. */
  readonly onGivenUp: (reason: string) => void;
  /** The application works. */
  readonly onReady: () => void;
  /** It has ended for good, with this exit status. */
  readonly onEnd: (status: number) => void;
}

const lookEveryMs = 1_000;

/**
 * Keeps one application alive: starts it, listens to its heartbeat, and starts it again when it dies or falls silent.
 * It ends when the application was left on purpose. Knows no processes; `supervise.ts` brings them.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #timing: WatchdogTiming;
  readonly #budget: RestartBudget;
  #watched: Watched | null = null;
  #ready = false;
  #heardAt = 0;
  /** When the application that runs now was first heard; null until then. */
  #firstHeardAt: number | null = null;
  #lookedAt = 0;
  #readyAt = 0;
  #leaving = false;
  #cancelTimer: () => void = () => {};

  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.#timing = options.timing ?? watchdogTiming;
    this.#budget = new RestartBudget(this.#timing.budget, () => options.clock.now());
  }

  start(): void {
    this.#cancelTimer();
    this.#ready = false;
    this.#heardAt = this.#lookedAt = this.#options.clock.now();
    this.#firstHeardAt = null;
    try {
      this.#watched = this.#options.start();
    } catch (error) {
      this.#recover(`could not be started: ${String(error)}`);
      return;
    }
    this.#lookLater();
  }

  /** A heartbeat of the application that runs now. */
  heard(): void {
    this.#heardAt = this.#options.clock.now();
    this.#firstHeardAt ??= this.#heardAt;
  }

  ready(): void {
    this.heard();
    if (this.#ready) return;
    this.#ready = true;
    this.#readyAt = this.#options.clock.now();
    this.#options.onReady();
  }

  /** The application has ended. @param status null when a signal ended it */
  ended(status: number | null, signal: string | null): void {
    this.#watched = null;
    this.#cancelTimer();
    if (this.#leaving || status === exitStatus.left || status === exitStatus.badCommandLine) {
      this.#options.onEnd(status ?? exitStatus.left);
      return;
    }
    if (status === exitStatus.again) this.#recover('asked to be started again');
    else this.#recover(signal === null ? `ended with status ${status}` : `ended by ${signal}`);
  }

  /** The application was asked to end; whatever its end looks like now, it is not started again. */
  leave(): void {
    this.#leaving = true;
    if (this.#watched) return;
    this.#cancelTimer();
    this.#options.onEnd(exitStatus.left);
  }

  #lookLater(): void {
    this.#cancelTimer = this.#options.clock.after(lookEveryMs, () => this.#look());
  }

  #look(): void {
    const now = this.#options.clock.now();
    // We look too late ourselves: the whole machine was asleep or is overloaded, and silence says nothing.
    if (now - this.#lookedAt > 3 * lookEveryMs) this.#forgive(now);
    this.#lookedAt = now;
    const reason = this.#hangs(now);
    if (reason !== null) {
      this.#options.onRestart(`${reason}; it is ended by force`, 0);
      // Its end is reported as that of any other, and leads to the next start. Until then it is looked at again: a
      // process that waits for a broken disk does not even end by force at once.
      this.#forgive(now);
      this.#watched?.kill();
    }
    if (this.#ready && now - this.#readyAt >= this.#timing.steadyMs) this.#budget.restore();
    this.#lookLater();
  }

  /** @returns how it hangs, or null */
  #hangs(now: number): string | null {
    const silence = now - this.#heardAt;
    if (silence >= (this.#ready ? this.#timing.hangMs : this.#timing.startMs)) {
      return `silent for ${Math.round(silence)} ms`;
    }
    if (this.#ready || this.#firstHeardAt === null) return null;
    // From heartbeat to heartbeat: what it does in between is silence, and has its own time.
    const waiting = this.#heardAt - this.#firstHeardAt;
    return waiting >= this.#timing.startMs ? `not ready after ${Math.round(waiting)} ms of heartbeats` : null;
  }

  #forgive(now: number): void {
    this.#heardAt = now;
    this.#firstHeardAt = null;
  }

  #recover(reason: string): void {
    const wait = this.#budget.take();
    if (wait === null) this.#options.onGivenUp(reason);
    else this.#options.onRestart(reason, wait);
    this.#cancelTimer = this.#options.clock.after(wait ?? this.#timing.slowRetryMs, () => this.start());
  }
}
