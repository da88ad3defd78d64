export type FeedVerdict = 'fine' | 'silent' | 'frozen';

export interface FeedLimits {
  /** An open feed that delivers no frame for so long is silent. */
  readonly stallMs: number;
  /** A feed whose pictures are bit for bit the same for so long is frozen: a camera always has noise. */
  readonly frozenMs: number;
}

/**
 * Judges whether a live feed still lives. A scene that really is still (a test card, a rendered picture) looks frozen
 * too; each time a reopened feed shows the very same picture again, twice the time is allowed, up to `longestFrozenMs`.
 */
export class FeedWatch {
  static readonly longestFrozenMs = 120_000;
  private readonly limits: FeedLimits;
  private frozenMs: number;
  private lastFrameMs = 0;
  private sameSinceMs = 0;
  private fingerprint: number | null = null;

  constructor(limits: FeedLimits) {
    this.limits = limits;
    this.frozenMs = limits.frozenMs;
  }

  /** The feed was opened (again). */
  opened(nowMs: number): void {
    this.lastFrameMs = nowMs;
    this.sameSinceMs = nowMs;
  }

  /** @param fingerprint of the picture, or null where this one was not looked at */
  frame(nowMs: number, fingerprint: number | null): void {
    this.lastFrameMs = nowMs;
    if (fingerprint === null || fingerprint === this.fingerprint) return;
    this.fingerprint = fingerprint;
    this.sameSinceMs = nowMs;
    this.frozenMs = this.limits.frozenMs;
  }

  verdict(nowMs: number): FeedVerdict {
    if (nowMs - this.lastFrameMs >= this.limits.stallMs) return 'silent';
    // Only as far as frames came: a feed that has just fallen silent is not frozen.
    const sameForMs = Math.min(nowMs, this.lastFrameMs) - this.sameSinceMs;
    if (this.fingerprint !== null && sameForMs >= this.frozenMs) {
      this.frozenMs = Math.min(FeedWatch.longestFrozenMs, this.frozenMs * 2);
      return 'frozen';
    }
    return 'fine';
  }
}

const gridColumns = 48;
const gridRows = 27;

/**
 * A cheap fingerprint (FNV-1a) of a grid of samples of the first plane.
 *
 * @param plane luma, or packed pixels
 * @param stride bytes from one row to the next
 */
export function fingerprintOf(plane: Uint8Array, stride: number, rows: number): number {
  let hash = 0x811c9dc5;
  for (let row = 0; row < gridRows; row++) {
    const start = Math.floor(((row + 0.5) * rows) / gridRows) * stride;
    for (let column = 0; column < gridColumns; column++) {
      hash ^= plane[start + Math.floor(((column + 0.5) * stride) / gridColumns)] ?? 0;
      hash = Math.imul(hash, 0x01000193);
    }
  }
  return hash >>> 0;
}
