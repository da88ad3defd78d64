import type { PlaylistItem } from '../../contract/signage.ts';

type Turn = Pick<PlaylistItem, 'id' | 'weight'>;

/**
 * Whose turn it is: smooth weighted round-robin (as nginx does it). With equal weights the items come in their order;
 * one of weight 2 comes twice in a round, spread over it. When other items become due, or some no longer are, the round
 * goes on behind the item that was taken last.
 */
export class Rotation {
  readonly #credit = new Map<string, number>();
  #due: readonly Turn[] = [];
  #last: string | null = null;

  /** @param due in the playlist's order. @returns null where nothing is due */
  take<Item extends Turn>(due: readonly Item[]): Item | null {
    if (!isSame(due, this.#due)) this.#goOnWith(due);
    const taken = this.#pick(due);
    if (taken) this.#last = taken.id;
    return taken;
  }

  #goOnWith(due: readonly Turn[]): void {
    const behind = this.#lastOf(due);
    this.#due = due.map(({ id, weight }) => ({ id, weight }));
    this.#credit.clear();
    if (behind === null) return;
    const round = due.reduce((sum, { weight }) => sum + weight, 0);
    for (let turn = 0; turn < round; turn++) if (this.#pick(due)?.id === behind) return;
  }

  /** The item taken last, or where it is gone the nearest one before it that is not. */
  #lastOf(due: readonly Turn[]): string | null {
    const known = this.#due.map(({ id }) => id);
    const before = this.#last === null ? [] : known.slice(0, known.indexOf(this.#last) + 1);
    return before.findLast((id) => due.some((item) => item.id === id)) ?? null;
  }

  #pick<Item extends Turn>(due: readonly Item[]): Item | null {
    let best: Item | null = null;
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

function isSame(a: readonly Turn[], b: readonly Turn[]): boolean {
  return a.length === b.length && a.every(({ id, weight }, i) => id === b[i]?.id && weight === b[i]?.weight);
}
