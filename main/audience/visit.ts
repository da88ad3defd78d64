import type { FusedAttributes } from '../../contract/attributes.ts';
import type { TrackedFace } from '../../contract/frame-result.ts';

/**
 * One track from first to last sight. Exists in memory only, holds no picture, box or landmark, and is gone once it has
 * been folded into counters.
 */
export interface Visit {
  /** Source time in ms, for durations. */
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** Time turned to the screen, summed up, ms. */
  readonly attentionMs: number;
  /** Wall clock at the last sight, ms since the epoch, for the time bucket. */
  readonly endedAtMs: number;
  readonly attributes: FusedAttributes | null;
}

/**
 * The longest time between two results for which the face is credited with what it did in the first of them. Longer
 * pauses are a source that stalled, in which nobody knows where anyone looked.
 */
export const longestCreditMs = 500;

/** A visit that is still going on. */
export class OngoingVisit implements Visit {
  readonly firstSeenMs: number;
  lastSeenMs: number;
  attentionMs = 0;
  endedAtMs: number;
  attributes: FusedAttributes | null = null;
  #facing = false;
  #updatedMs: number;

  /** @param timeMs source time; @param capturedAtMs wall clock */
  constructor(timeMs: number, capturedAtMs: number) {
    this.firstSeenMs = timeMs;
    this.lastSeenMs = timeMs;
    this.endedAtMs = capturedAtMs;
    this.#updatedMs = timeMs;
  }

  get facing(): boolean {
    return this.#facing;
  }

  /** Takes in the face as a result shows it. Carried on undetected it is as good as not shown. */
  see(face: TrackedFace, timeMs: number, capturedAtMs: number): void {
    if (face.attributes !== null) this.attributes = face.attributes;
    if (!face.detected) {
      this.miss(timeMs);
      return;
    }
    this.attentionMs += attentionOfStep(this.#facing, timeMs - this.#updatedMs);
    this.#updatedMs = timeMs;
    this.#facing = face.facing;
    this.lastSeenMs = timeMs;
    this.endedAtMs = capturedAtMs;
  }

  /** A result in which the track is not seen: where the face was turned until then is not known. */
  miss(timeMs: number): void {
    this.#updatedMs = timeMs;
    this.#facing = false;
  }
}

/**
 * Attention between two results that both saw the face: the time between them, where it was turned to the screen in the
 * first (a left Riemann sum), up to `longestCreditMs`.
 */
export function attentionOfStep(facing: boolean, elapsedMs: number): number {
  return facing ? Math.min(Math.max(elapsedMs, 0), longestCreditMs) : 0;
}
