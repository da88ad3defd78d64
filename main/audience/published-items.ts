import { histogramHiding, neverHidden } from './hiding.ts';
import type { PublishedCell } from './published-tables.ts';

/** What the plays of a signage item add up to. */
export interface ItemSums {
  /** `<playlist>/<item>` */
  readonly item: string;
  readonly plays: number;
  readonly completed: number;
  /** During the plays; someone who saw two plays is counted in both. */
  readonly watchers: number;
  /** Someone who saw two plays during a visit is counted once. */
  readonly people: number;
  readonly attentionMs: number;
}

/**
 * The items of a block. Plays say nothing of people and are never hidden. The watchers of an item are hidden by how many
 * people they are: one who stays is a watcher of many plays. They have no total that is known, yet they are hidden as if
 * they had one; a sum of attention is hidden with the watchers whose sum it is.
 */
export function publishItems(items: readonly ItemSums[]): readonly PublishedCell[] {
  // Somebody who stays over midnight was counted the day before.
  const hiding = histogramHiding(items.map(({ people, watchers }) => Math.max(people, Math.min(watchers, 1))));
  return items.flatMap(({ item, plays, completed, watchers, attentionMs }, i) => {
    const hiddenFrom = hiding[i] ?? neverHidden;
    const cell = (kind: string, amount: number, from: number): PublishedCell => ({
      kind: `items:${kind}`,
      line: item,
      place: '',
      amount,
      hiddenFrom: from,
    });
    return [
      cell('plays', plays, neverHidden),
      cell('completed', completed, neverHidden),
      cell('watchers', watchers, hiddenFrom),
      cell('attention', attentionMs, hiddenFrom),
    ];
  });
}
