/** More than this behind its time, playing goes on from now instead of hurrying after. */
const mostBehindMs = 250;

/** Lets pictures through at their times: the wall clock is tied to the first one. */
export class Pacer {
  private readonly now: () => number;
  private anchorMs: number | null = null;
  private wake: (() => void) | null = null;
  private cancelled = false;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** Waits until the picture of `timeMs` is due. @returns false if it was cancelled meanwhile */
  async until(timeMs: number): Promise<boolean> {
    const now = this.now();
    this.anchorMs ??= now - timeMs;
    const waitMs = this.anchorMs + timeMs - now;
    if (waitMs < -mostBehindMs) this.anchorMs = now - timeMs;
    if (waitMs > 0 && !this.cancelled) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
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
