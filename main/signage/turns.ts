import type { PlaylistItem } from '../../contract/signage.ts';
import { Rotation } from './rotation.ts';

/** Whose turn it is among the items of one priority. */
interface Level {
  readonly rotation: Rotation;
  /** The rotation's choice, kept while something more urgent stands before it. */
  turn: PlaylistItem | null;
}

/**
 * Whose turn it is, with a rotation for each priority: when the items of a higher one are over, those below go on where
 * they were.
 */
export class Turns {
  readonly #levels = new Map<number, Level>();

  /** @param due of one priority, in the playlist's order. @returns the same until it is taken; null where nothing is due */
  next(due: readonly PlaylistItem[]): PlaylistItem | null {
    const [first] = due;
    if (!first) return null;
    const level = this.#levels.get(first.priority) ?? { rotation: new Rotation(), turn: null };
    this.#levels.set(first.priority, level);
    if (!level.turn || !due.includes(level.turn)) level.turn = level.rotation.take(due);
    return level.turn;
  }

  /** It was this item's turn. */
  taken(item: PlaylistItem): void {
    const level = this.#levels.get(item.priority);
    if (level?.turn === item) level.turn = null;
  }

  /** The items have been read anew. Priorities that no item has any more are forgotten. */
  follow(items: readonly PlaylistItem[]): void {
    for (const [priority, level] of this.#levels) {
      const ofLevel = items.filter((item) => item.priority === priority);
      if (ofLevel.length === 0) this.#levels.delete(priority);
      level.turn = ofLevel.find(({ id }) => id === level.turn?.id) ?? null;
    }
  }
}
