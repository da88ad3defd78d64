import type { DurationDistribution, DurationStep } from '../../../contract/insights.ts';
import type { Column } from '../charts/chart-rows.ts';
import { type ChartView, greatest, type Words } from './chart-view.ts';

export interface DurationView extends ChartView {
  readonly columns: readonly Column[];
}

export function durationView(distribution: DurationDistribution, { m, text }: Words): DurationView {
  const { steps, total, mean, median } = distribution;
  const words = m.insights.durations;
  const name = ({ fromMs, toMs }: DurationStep) =>
    toMs === null ? words.open(text.edge(fromMs)) : words.step(text.edge(fromMs), text.edge(toMs));
  /** Under a column there is room for its lower edge only. */
  const label = ({ fromMs, toMs }: DurationStep) => (toMs === null ? words.open(text.edge(fromMs)) : text.edge(fromMs));
  return {
    columns: steps.map((step) => ({
      label: label(step),
      value: step.count,
      partial: step.hiddenIn > 0,
      title: `${name(step)}: ${text.cell(step)}`,
    })),
    summary:
      median.value !== null && mean.value !== null
        ? words.summary(text.duration(median.value), text.duration(mean.value))
        : '',
    table: {
      columns: [words.time, m.insights.people, m.insights.share],
      rows: [
        ...steps.map((step) => [name(step), text.cell(step), text.share(step.share)]),
        [m.insights.total, text.cell(total), ''],
      ],
    },
    empty: greatest(steps, ({ count }) => count) === null,
    hasHidden: steps.some(({ hiddenIn }) => hiddenIn > 0),
  };
}
