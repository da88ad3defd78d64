import type { FrameResult } from '../../contract/frame-result.ts';

/** About a third of a second at 30 results per second: a page behind by more than that is stuck. */
const mostUndrawn = 10;
/** A page that has not drawn for so long gets the newest result all the same, in case an answer was lost. */
const againAfterMs = 1_000;

/**
 * Sends results to the page and does not let them pile up before one that does not draw: the newest result replaces
 * those that were held back, but the ends of tracks they told of are kept.
 */
export class ResultFeed {
  readonly #send: (result: FrameResult) => void;
  readonly #now: () => number;
  #lastSent = 0;
  #lastDrawn = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  #undrawn = 0;
  #heldEnds: number[] = [];

  constructor(send: (result: FrameResult) => void, now: () => number) {
    this.#send = send;
    this.#now = now;
  }

  offer(result: FrameResult): void {
    if (this.#undrawn >= mostUndrawn && this.#now() - this.#sentAt < againAfterMs) {
      this.#hold(result.endedTrackIds);
      return;
    }
    const endedTrackIds =
      this.#heldEnds.length > 0 ? [...this.#heldEnds, ...result.endedTrackIds] : result.endedTrackIds;
    this.#heldEnds = [];
    this.#lastSent = result.sequence;
    this.#sentAt = this.#now();
    this.#undrawn += 1;
    this.#send(endedTrackIds === result.endedTrackIds ? result : { ...result, endedTrackIds });
  }

  drawn(sequence: number): void {
    this.#lastDrawn = Math.max(this.#lastDrawn, sequence);
    this.#undrawn = Math.min(this.#undrawn, Math.max(0, this.#lastSent - this.#lastDrawn));
  }

  /** A new page: what the old one owed does not count. */
  reset(): void {
    this.#undrawn = 0;
    this.#heldEnds = [];
  }

  /** Bounded too: a track that ended long ago is gone from any page that comes back to life. */
  #hold(ends: readonly number[]): void {
    this.#heldEnds.push(...ends);
    if (this.#heldEnds.length > 1_000) this.#heldEnds.splice(0, this.#heldEnds.length - 1_000);
  }
}
