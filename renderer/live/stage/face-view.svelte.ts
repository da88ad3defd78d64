import type { Readability, TrackedFace } from '../../../contract/frame-result.ts';
import type { FaceForm } from '../faces/card-size.ts';
import { type ShownAttributes, sameAttributes, shownAttributes } from '../faces/shown-attributes.ts';

/** A card's values change at most so often; faster than that nobody reads. */
const refreshMs = 300;
/** A state has to last before it is shown, so that a face at the limit does not flicker between two notes. */
const settleMs = 250;

/** One face as the stage shows it. Positions are not here: the animator writes those past Svelte, sixty times a second. */
export class FaceView {
  readonly id: number;
  readability = $state<Readability>('waiting');
  facing = $state(false);
  detected = $state(true);
  shown = $state.raw<ShownAttributes | null>(null);
  form = $state<FaceForm>('note');
  scale = $state(1);
  number = $state<number | null>(null);
  #refreshedAtMs = Number.NEGATIVE_INFINITY;
  #pending: { readonly readability: Readability; readonly sinceMs: number } | null = null;

  constructor(face: TrackedFace) {
    this.id = face.trackId;
    this.readability = face.readability;
    this.facing = face.facing;
  }

  update(face: TrackedFace, nowMs: number): void {
    this.facing = face.facing;
    this.detected = face.detected;
    this.#settle(face.readability, nowMs);
    const first = this.shown === null && face.attributes !== null;
    if (!first && nowMs - this.#refreshedAtMs < refreshMs) return;
    this.#refreshedAtMs = nowMs;
    const next = face.attributes && shownAttributes(face.attributes, this.shown);
    if (!sameAttributes(this.shown, next)) this.shown = next;
  }

  #settle(readability: Readability, nowMs: number): void {
    if (readability === this.readability) {
      this.#pending = null;
      return;
    }
    if (this.#pending?.readability !== readability) this.#pending = { readability, sinceMs: nowMs };
    if (readability === 'read' || nowMs - this.#pending.sinceMs >= settleMs) this.readability = readability;
  }
}
