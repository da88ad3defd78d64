/** The lock in main closes after the same time without a request. */
export const idleAfterMs = 5 * 60_000;
/** While the operator types without asking anything of main, the lock is told so at most this often. */
export const touchEveryMs = 60_000;

export type IdleVerdict = 'nothing' | 'touch' | 'idle';

/** Whether somebody is still using set-up. Times are milliseconds of one monotonic clock. */
export class IdleTimer {
  #lastInputMs: number;
  #lastTouchMs: number;

  constructor(nowMs: number) {
    this.#lastInputMs = nowMs;
    this.#lastTouchMs = nowMs;
  }

  input(nowMs: number): void {
    this.#lastInputMs = nowMs;
  }

  /** Called now and then. `touch` = tell main that the operator is here. */
  check(nowMs: number): IdleVerdict {
    if (nowMs - this.#lastInputMs >= idleAfterMs) return 'idle';
    if (this.#lastInputMs <= this.#lastTouchMs || nowMs - this.#lastTouchMs < touchEveryMs) return 'nothing';
    this.#lastTouchMs = nowMs;
    return 'touch';
  }
}
