import type { DayFigures, InsightsReport } from '../../../contract/insights.ts';
import type { Column } from '../charts/chart-rows.ts';
import { type ChartView, greatest, type Words } from './chart-view.ts';

export interface DayView extends ChartView {
  readonly columns: readonly Column[];
}

export function dayView({ days }: Pick<InsightsReport, 'days'>, { m, text }: Words): DayView {
  const name = (day: DayFigures) => (day.from === day.to ? text.day(day.from) : text.range(day));
  const most = greatest(days, ({ watchers }) => watchers);
  const { headline } = m.insights;
  return {
    columns: days.map((day) => ({
      label: text.shortDay(day.from),
      value: day.watchers,
      behind: day.passersBy,
      partial: false,
      title: `${name(day)}: ${text.whole(day.passersBy)} ${headline.passersBy}, ${text.whole(day.watchers)} ${headline.watchers}`,
    })),
    summary: most ? m.insights.days.summary(name(most), text.whole(most.watchers)) : '',
    table: {
      columns: [
        m.insights.days.day,
        headline.passersBy,
        headline.watchers,
        headline.watchRate,
        headline.meanDwellMs,
        headline.meanAttentionMs,
      ],
      rows: days.map((day) => [
        name(day),
        text.whole(day.passersBy),
        text.whole(day.watchers),
        text.figure(day.watchRate, (value) => text.percent(value)),
        text.figure({ value: day.meanDwellMs, interval: null }, (value) => text.duration(value)),
        text.figure({ value: day.meanAttentionMs, interval: null }, (value) => text.duration(value)),
      ]),
    },
    empty: days.length === 0,
    hasHidden: false,
  };
}
