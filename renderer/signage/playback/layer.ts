import type { FailureReason, StageItem } from '../../../contract/signage.ts';

export interface LayerEvents {
  /** Loaded and decoded: its first picture can be shown without a gap. `mediaMs`: length of a film where known. */
  ready(mediaMs: number | null): void;
  /** It cannot be shown, or broke off while it was. */
  failed(reason: FailureReason): void;
  /** A film that is not repeated came to its own end. */
  ended(): void;
}

export type Transition = StageItem['transition'];

/** One of the few surfaces on which items are shown in turn; it is used again and again. */
export interface Layer {
  /** Takes an item and prepares it unseen. Nothing of the item before is left. */
  load(item: StageItem, offsetMs: number, events: LayerEvents): void;
  /** Comes in over everything else and begins to play. */
  enter(transition: Transition): void;
  /** Another layer comes in over this one with that transition. */
  leave(transition: Transition): void;
  /** Goes away and uncovers what is below all layers. */
  uncover(ms: number): void;
  /** Lets go of everything it holds, and is not seen. */
  clear(): void;
  /** How far a film has played, ms; null where there is nothing to watch. */
  position(): number | null;
}
