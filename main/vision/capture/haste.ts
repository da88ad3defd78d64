/**
 * What a player that is behind its time leaves out: nothing; pictures that no other picture needs; everything up to the
 * next picture that stands for itself.
 */
export type Haste = 'none' | 'unreferenced' | 'to-key';

/** Less than this behind, a player has caught up. */
const caughtUpMs = 100;
/** More than this behind, pictures that no other needs are left out. */
const lateMs = 250;
/** At least this much behind before whole groups of pictures are left out. */
const tooLateMs = 1000;
/** However far apart a film's key pictures are, it is never this much behind for long. */
const mostBehindMs = 10_000;

/**
 * Decides what to leave out. A jump to the next key picture waits until that picture is due already, so that the film
 * never stands still for the sake of being on time.
 */
export function hasteFor(current: Haste, behindMs: number, keyDistanceMs: number): Haste {
  const jumpMs = Math.min(mostBehindMs, Math.max(tooLateMs, keyDistanceMs));
  if (behindMs > jumpMs) return 'to-key';
  if (behindMs > lateMs) return 'unreferenced';
  return behindMs < caughtUpMs || current !== 'unreferenced' ? 'none' : 'unreferenced';
}
