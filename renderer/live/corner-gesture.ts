/** Side of the square in the upper right corner that listens, in CSS pixels. */
export const cornerSize = 120;
const holdMs = 2500;
const tapsNeeded = 5;
const tapWindowMs = 3000;

/**
 * Opens set-up on a touch screen without a visible button: hold the upper right corner for two and a half seconds,
 * or tap it five times within three. Times are milliseconds of one monotonic clock; the caller asks `held` while a
 * press lasts.
 */
export class CornerGesture {
  #taps: number[] = [];
  #pressedAtMs: number | null = null;

  /** @returns true when this press completes five taps */
  press(x: number, y: number, viewportWidth: number, nowMs: number): boolean {
    if (!inCorner(x, y, viewportWidth)) {
      this.cancel();
      return false;
    }
    this.#pressedAtMs = nowMs;
    this.#taps = [...this.#taps.filter((tap) => nowMs - tap <= tapWindowMs), nowMs];
    if (this.#taps.length < tapsNeeded) return false;
    this.cancel();
    return true;
  }

  /** A finger that leaves the corner no longer holds it. */
  move(x: number, y: number, viewportWidth: number): void {
    if (!inCorner(x, y, viewportWidth)) this.#pressedAtMs = null;
  }

  release(): void {
    this.#pressedAtMs = null;
  }

  /** @returns true once the corner has been held long enough */
  held(nowMs: number): boolean {
    if (this.#pressedAtMs === null || nowMs - this.#pressedAtMs < holdMs) return false;
    this.cancel();
    return true;
  }

  cancel(): void {
    this.#taps = [];
    this.#pressedAtMs = null;
  }
}

/** How long the caller waits after a press before it asks `held`. */
export const holdCheckMs = holdMs + 20;

function inCorner(x: number, y: number, viewportWidth: number): boolean {
  return x >= viewportWidth - cornerSize && y <= cornerSize;
}
