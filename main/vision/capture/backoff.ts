export interface BackoffLimits {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Waiting times between attempts: each twice the one before, up to a limit. */
export class Backoff {
  private readonly limits: BackoffLimits;
  private count = 0;

  constructor(limits: BackoffLimits) {
    this.limits = limits;
  }

  /** Attempts since the last success. */
  get attempts(): number {
    return this.count;
  }

  /** Counts a failed attempt. @returns ms to wait before the next one */
  next(): number {
    this.count++;
    return Math.min(this.limits.maxMs, this.limits.firstMs * 2 ** Math.min(this.count - 1, 30));
  }

  reset(): void {
    this.count = 0;
  }
}
