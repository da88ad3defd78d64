import type { PlaylistItem } from '../../contract/signage.ts';

/**
 * Whose turn it is: smooth weighted round-robin (as nginx does it). With equal weights the items come in their order;
 * one of weight 2 comes twice in a round, spread over it.
 */
export class Rotation {
  readonly #credit = new Map<string, number>();

  /** @param due in the playlist's order. @returns null where nothing is due */
  take(due: readonly PlaylistItem[]): PlaylistItem | null {
    for (const id of this.#credit.keys()) if (!due.some((item) => item.id === id)) this.#credit.delete(id);
    let best: PlaylistItem | null = null;
    let bestCredit = Number.NEGATIVE_INFINITY;
    let total = 0;
    for (const item of due) {
      const credit = (this.#credit.get(item.id) ?? 0) + item.weight;
      this.#credit.set(item.id, credit);
      total += item.weight;
      if (credit > bestCredit) {
        best = item;
        bestCredit = credit;
      }
    }
    if (best) this.#credit.set(best.id, bestCredit - total);
    return best;
  }
}
