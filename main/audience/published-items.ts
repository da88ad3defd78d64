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
  readonly attentionMs: number;
}

/**
 * The items of a block. Plays say nothing of people and are never hidden. The watchers of items have no total that is known
 * (one person is counted with every play seen), yet they are hidden as if they had one; a sum of attention is hidden with
 * the watchers whose sum it is.
 */
export function publishItems(items: readonly ItemSums[]): readonly PublishedCell[] {
  const hiding = histogramHiding(items.map(({ watchers }) => watchers));
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
