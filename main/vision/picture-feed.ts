import type { PreviewPicture } from '../../contract/frame-result.ts';

/** The end of a message port that pictures go out of. */
export interface PictureOutlet {
  postMessage(picture: PreviewPicture): void;
  close(): void;
}

/** One on its way and one being drawn: more would only be older when they are seen. */
const mostInFlight = 2;
/** A picture that was not acknowledged by then was skipped by the page. */
const lostAfterMs = 1_000;

/**
 * Hands pictures to the page no faster than it draws them. While it is busy the newest picture waits, and a newer one
 * takes its place; so at most three pictures exist here, whatever the page does.
 */
export class PictureFeed {
  readonly #now: () => number;
  #outlet: PictureOutlet | null = null;
  #inFlight: { readonly sequence: number; readonly sentAt: number }[] = [];
  #waiting: PreviewPicture | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  attach(outlet: PictureOutlet): void {
    this.detach();
    this.#outlet = outlet;
  }

  /** Nobody looks any more; forgets every picture. With an outlet: only if it is still the present one. */
  detach(outlet: PictureOutlet | null = this.#outlet): void {
    if (outlet !== this.#outlet) return;
    this.#outlet?.close();
    this.#outlet = null;
    this.#inFlight = [];
    this.#waiting = null;
  }

  offer(picture: PreviewPicture): void {
    if (!this.#outlet) return;
    this.#waiting = picture;
    this.#sendWhatMay();
  }

  /** The page has drawn everything up to this result. */
  drawn(sequence: number): void {
    this.#inFlight = this.#inFlight.filter((picture) => picture.sequence > sequence);
    this.#sendWhatMay();
  }

  #sendWhatMay(): void {
    const now = this.#now();
    this.#inFlight = this.#inFlight.filter((picture) => now - picture.sentAt < lostAfterMs);
    if (!this.#waiting || !this.#outlet || this.#inFlight.length >= mostInFlight) return;
    this.#inFlight.push({ sequence: this.#waiting.sequence, sentAt: now });
    this.#outlet.postMessage(this.#waiting);
    this.#waiting = null;
  }
}
