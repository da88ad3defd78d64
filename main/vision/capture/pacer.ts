/** The time that pictures are held to. */
export interface Clock {
  /** Milliseconds from anywhere. */
  now(): number;
  /** Milliseconds of the system's timers for so many of this clock. */
  toTimerMs(ms: number): number;
}

const wallClock: Clock = { now: () => performance.now(), toTimerMs: (ms) => ms };

/** Lets pictures through at their times: the wall clock is tied to the first one. */
export class Pacer {
  private readonly mostBehindMs: number;
  private readonly clock: Clock;
  private anchorMs: number | null = null;
  private wake: (() => void) | null = null;
  private cancelled = false;

  /** @param mostBehindMs further behind its time than this, playing goes on from now instead of hurrying after */
  constructor(mostBehindMs: number, clock: Clock = wallClock) {
    this.mostBehindMs = mostBehindMs;
    this.clock = clock;
  }

  /** How long ago the picture of `timeMs` was due; negative for one that is still to come. */
  behindMs(timeMs: number): number {
    return this.anchorMs === null ? 0 : this.clock.now() - this.anchorMs - timeMs;
  }

  /** Waits until the picture of `timeMs` is due. @returns false if it was cancelled meanwhile */
  async until(timeMs: number): Promise<boolean> {
    this.anchorMs ??= this.clock.now() - timeMs;
    const waitMs = -this.behindMs(timeMs);
    if (waitMs < -this.mostBehindMs) this.anchorMs = this.clock.now() - timeMs;
    if (waitMs > 0 && !this.cancelled) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.clock.toTimerMs(waitMs));
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wake = null;
    }
    return !this.cancelled;
  }

  cancel(): void {
    this.cancelled = true;
    this.wake?.();
  }
}
