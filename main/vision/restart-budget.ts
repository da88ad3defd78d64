export interface RestartBudgetOptions {
  /** So many restarts are made within `windowMs`; the next one is refused. */
  readonly restarts: number;
  readonly windowMs: number;
  /** Wait before the first restart of a row; doubles with each, up to `longestWaitMs`. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

/** Decides how long to wait before something that broke is started again, and when to stop trying quickly. */
export class RestartBudget {
  readonly #options: RestartBudgetOptions;
  readonly #now: () => number;
  #spent: number[] = [];

  /** @param now milliseconds on any clock that does not go back */
  constructor(options: RestartBudgetOptions, now: () => number) {
    this.#options = options;
    this.#now = now;
  }

  /** Takes one restart. @returns the wait before it in ms, or null when the budget is spent */
  take(): number | null {
    const { restarts, windowMs, firstWaitMs, longestWaitMs } = this.#options;
    const now = this.#now();
    this.#spent = this.#spent.filter((at) => now - at < windowMs);
    if (this.#spent.length >= restarts) return null;
    const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** this.#spent.length);
    this.#spent.push(now);
    return wait;
  }

  /** Gives the whole budget back, after a time without trouble. */
  restore(): void {
    this.#spent = [];
  }
}
