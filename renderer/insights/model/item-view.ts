import type { InsightsReport } from '../../../contract/insights.ts';
import type { BarRow } from '../charts/chart-rows.ts';
import { type ChartView, greatest, type Words } from './chart-view.ts';

export interface ItemView extends ChartView {
  readonly rows: readonly BarRow[];
}

/** The most watched first. */
export function itemView({ items }: Pick<InsightsReport, 'items'>, { m, text }: Words): ItemView {
  const words = m.insights.items;
  const sorted = [...items].sort((a, b) => (b.watchersPerPlay ?? -1) - (a.watchersPerPlay ?? -1));
  const decimal = (value: number | null) => text.figure({ value, interval: null }, (each) => text.decimal(each));
  const most = greatest(sorted, ({ watchersPerPlay }) => watchersPerPlay);
  return {
    rows: sorted.map((item) => ({
      label: item.name.length > 24 ? `${item.name.slice(0, 23)}…` : item.name,
      value: item.watchersPerPlay,
      text: decimal(item.watchersPerPlay),
      title: `${item.name}: ${text.cell(item.watchers)}`,
    })),
    summary: most ? words.summary(most.name, decimal(most.watchersPerPlay)) : '',
    table: {
      columns: [words.item, words.plays, words.completion, words.watchers, words.perPlay, words.attentionPerPlay],
      rows: sorted.map((item) => [
        item.name,
        text.whole(item.plays),
        text.figure(item.completion, (value) => text.percent(value)),
        text.cell(item.watchers),
        decimal(item.watchersPerPlay),
        text.figure({ value: item.attentionMsPerPlay, interval: null }, (value) => text.duration(value)),
      ]),
    },
    empty: items.length === 0,
    hasHidden: items.some(({ watchers }) => watchers.hiddenIn > 0),
  };
}
