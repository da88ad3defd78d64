import type { Figure, InsightsReport, ShownCell, ShownClass } from '../../../contract/insights.ts';

/** One figure of an export: all tables in one long table, so that every tool can filter and pivot it. */
export interface FigureRow {
  readonly table: string;
  /** First and last day that the figure covers, `2026-11-24`; null = the whole range. */
  readonly from_day: string | null;
  readonly to_day: string | null;
  /** What the figure is of: a class, and where there are two of them the second. */
  readonly group: string | null;
  readonly subgroup: string | null;
  readonly measure: string;
  /** Null = hidden, because it would stand for too few people. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** In how many publications the figure is hidden: with a value beside it, that value is "at least". */
  readonly hidden_in: number;
}

type Place = Partial<Pick<FigureRow, 'from_day' | 'to_day' | 'group' | 'subgroup'>>;

/** Every figure of a report, with its suppression, in a fixed order. */
export function figureRows(report: InsightsReport): readonly FigureRow[] {
  const weekday = (number: number) => String(number);
  return [
    ...report.headlines.map(({ name, now }) => figure('headlines', {}, snake(name), now)),
    ...report.days.flatMap((day) => {
      const place = { from_day: day.from, to_day: day.to };
      return [
        plain('days', place, 'passers_by', day.passersBy),
        plain('days', place, 'watchers', day.watchers),
        figure('days', place, 'watch_rate', day.watchRate),
        plain('days', place, 'mean_dwell_ms', day.meanDwellMs),
        plain('days', place, 'mean_attention_ms', day.meanAttentionMs),
        plain('days', place, 'attention_ratio', day.attentionRatio),
      ];
    }),
    ...report.hours.flatMap((slot) => people('hours', { group: String(slot.hour) }, slot)),
    ...report.weekdays.flatMap((slot) => people('weekdays', { group: weekday(slot.weekday) }, slot)),
    ...report.heatMap.flatMap((slot) =>
      people('hours_of_week', { group: weekday(slot.weekday), subgroup: String(slot.hour) }, slot),
    ),
    ...report.ageGender.ages.flatMap((age, i) =>
      report.ageGender.genders.map((gender, j) =>
        cell('age_gender', { group: age, subgroup: gender }, 'watchers', report.ageGender.cells[i]?.[j]),
      ),
    ),
    ...report.ageGender.ageTotals.flatMap((each) => classRows('age', null, each)),
    ...report.ageGender.genderTotals.flatMap((each) => classRows('gender', null, each)),
    ...report.attributes.flatMap(({ attribute, classes, unsure }) => [
      ...classes.flatMap((each) => classRows('attributes', snake(attribute), each)),
      cell('attributes', { group: snake(attribute), subgroup: 'unsure' }, 'watchers', unsure),
    ]),
    ...report.durations.flatMap(({ measure, steps, mean, median }) => [
      ...steps.map((step) => cell('durations', { group: measure, subgroup: stepName(step) }, 'people', step)),
      figure('durations', { group: measure }, 'mean_ms', mean),
      figure('durations', { group: measure }, 'median_ms', median),
    ]),
    ...report.items.flatMap((item) => {
      const place = { group: item.item, subgroup: item.name };
      return [
        plain('items', place, 'plays', item.plays),
        figure('items', place, 'completion', item.completion),
        cell('items', place, 'watchers', item.watchers),
        plain('items', place, 'watchers_per_play', item.watchersPerPlay),
        plain('items', place, 'attention_ms_per_play', item.attentionMsPerPlay),
      ];
    }),
  ];
}

function row(table: string, place: Place, measure: string, amount: Partial<FigureRow>): FigureRow {
  const nothing = { from_day: null, to_day: null, group: null, subgroup: null };
  return { table, ...nothing, ...place, measure, value: null, low: null, high: null, hidden_in: 0, ...amount };
}

function plain(table: string, place: Place, measure: string, value: number | null): FigureRow {
  return row(table, place, measure, { value });
}

function figure(table: string, place: Place, measure: string, { value, interval }: Figure): FigureRow {
  return row(table, place, measure, { value, low: interval?.low ?? null, high: interval?.high ?? null });
}

function cell(table: string, place: Place, measure: string, shown: ShownCell | undefined): FigureRow {
  return row(table, place, measure, { value: shown?.count ?? null, hidden_in: shown?.hiddenIn ?? 0 });
}

function people(
  table: string,
  place: Place,
  slot: { readonly passersBy: ShownCell; readonly watchers: ShownCell; readonly watchRate: Figure },
): readonly FigureRow[] {
  return [
    cell(table, place, 'passers_by', slot.passersBy),
    cell(table, place, 'watchers', slot.watchers),
    figure(table, place, 'watch_rate', slot.watchRate),
  ];
}

function classRows(table: string, group: string | null, each: ShownClass): readonly FigureRow[] {
  const place = group === null ? { group: each.name } : { group, subgroup: each.name };
  return [
    cell(table, place, 'watchers', each),
    figure(table, place, 'share', { value: each.share, interval: each.interval }),
    ...(each.corrected ? [figure(table, place, 'share_corrected', each.corrected)] : []),
  ];
}

function stepName({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number | null }): string {
  return `${fromMs}-${toMs ?? ''}`;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
