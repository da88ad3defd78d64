import type { ItemFigures } from '../../contract/insights.ts';
import { shareOf } from '../audience/intervals.ts';
import { isComplete, type Published } from './published.ts';

/**
 * The signage items that were played, with their audience.
 *
 * @param names the items' names now, by `<playlist>/<item>`; one that is gone goes by its id
 */
export function itemTable(published: Published, names: ReadonlyMap<string, string>): readonly ItemFigures[] {
  const table = (kind: string) => published.table(`items:${kind}`, 'details', 'items:');
  const [plays, completed, watchers, attention] = [
    table('plays'),
    table('completed'),
    table('watchers'),
    table('attention'),
  ];
  return plays.lines.map((item) => {
    const count = plays.at(item).count ?? 0;
    const seenBy = watchers.at(item);
    const attentionMs = attention.at(item);
    const perPlay = (amount: number | null) => (isComplete(seenBy) && count > 0 ? (amount ?? 0) / count : null);
    return {
      item,
      name: names.get(item) ?? item,
      plays: count,
      completion: shareOf(completed.at(item).count ?? 0, count),
      watchers: seenBy,
      watchersPerPlay: perPlay(seenBy.count),
      attentionMsPerPlay: perPlay(attentionMs.count),
    };
  });
}
