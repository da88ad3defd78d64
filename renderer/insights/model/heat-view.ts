import type { HeatMapCell, InsightsReport } from '../../../contract/insights.ts';
import type { HeatCell } from '../charts/chart-rows.ts';
import { type ChartView, greatest, type Words } from './chart-view.ts';
import { noFigure } from './figures.ts';

export interface HeatView extends ChartView {
  readonly cells: readonly HeatCell[];
  readonly hours: readonly string[];
  readonly weekdays: readonly string[];
}

const weekdayNumbers = [1, 2, 3, 4, 5, 6, 7];
const hourNumbers = Array.from({ length: 24 }, (_, hour) => hour);

/** Watchers in an hour of such a weekday, a mean over the days that were published. */
function meanOf({ watchers, days }: HeatMapCell): number | null | undefined {
  if (days === 0) return undefined;
  return watchers.count === null ? null : watchers.count / days;
}

export function heatView({ heatMap }: Pick<InsightsReport, 'heatMap'>, { m, text }: Words): HeatView {
  const slot = ({ weekday, hour }: HeatMapCell) =>
    m.insights.heatMap.slot(text.weekday(weekday, 'long'), text.hour(hour));
  const said = (cell: HeatMapCell) => {
    const mean = meanOf(cell);
    if (mean === undefined) return noFigure;
    if (mean === null) return m.insights.hidden;
    return cell.watchers.hiddenIn > 0 ? m.insights.atLeast(text.decimal(mean)) : text.decimal(mean);
  };
  const most = greatest(heatMap, (cell) => meanOf(cell) ?? null);
  const at = new Map(heatMap.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  return {
    cells: heatMap.map((cell) => ({
      column: cell.hour,
      row: cell.weekday - 1,
      value: meanOf(cell),
      title: m.insights.heatMap.cell(slot(cell), said(cell)),
    })),
    hours: hourNumbers.map(String),
    weekdays: weekdayNumbers.map((weekday) => text.weekday(weekday)),
    summary: most ? m.insights.heatMap.summary(slot(most), text.decimal(meanOf(most) ?? 0)) : '',
    table: {
      columns: [m.insights.heatMap.hour, ...weekdayNumbers.map((weekday) => text.weekday(weekday))],
      rows: hourNumbers.map((hour) => [
        text.hour(hour),
        ...weekdayNumbers.map((weekday) => {
          const cell = at.get(weekday * 24 + hour);
          return cell ? said(cell) : noFigure;
        }),
      ]),
    },
    empty: most === null,
    hasHidden: heatMap.some(({ watchers }) => watchers.hiddenIn > 0),
  };
}
