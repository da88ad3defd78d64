import type {
  Coverage,
  Figure,
  InsightsReport,
  ShownCell,
  ShownClass,
  SlotFigures,
  WeekdayFigures,
} from '../../../contract/insights.ts';

/** One figure of an export: all tables in one long table, so that every tool can filter and pivot it. */
export interface FigureRow {
  readonly table: string;
  /** First and last day that the figure covers, `2026-11-24`; null = nothing of the range is published. */
  readonly from_day: string | null;
  readonly to_day: string | null;
  /** What the figure is of: a class, and where there are two of them the second. */
  readonly group: string | null;
  readonly subgroup: string | null;
  readonly measure: string;
  /** Null = hidden, because it would stand for too few people, or nothing is published. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** In how many publications people of the figure are hidden: with a value beside it, that value is "at least". */
  readonly hidden_in: number;
}

type Place = Partial<Pick<FigureRow, 'from_day' | 'to_day' | 'group' | 'subgroup'>>;

/** Every figure of a report, with its suppression, in a fixed order. */
export function figureRows(report: InsightsReport): readonly FigureRow[] {
  const hours = spanOf(report.hoursCoverage);
  const details = spanOf(report.ageGender.coverage);
  return [
    // A median comes from the histogram, which is published with the details.
    ...report.headlines.map(({ name, now }) =>
      figure('headlines', name.startsWith('median') ? details : spanOf(report.coverage), snake(name), now),
    ),
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
    ...report.hours.flatMap((slot) => people('hours', { ...hours, group: String(slot.hour) }, slot)),
    ...report.weekdays.flatMap((slot) => ofWeekday('weekdays', { ...hours, group: String(slot.weekday) }, slot)),
    ...report.heatMap.flatMap((slot) =>
      ofWeekday('hours_of_week', { ...hours, group: String(slot.weekday), subgroup: String(slot.hour) }, slot),
    ),
    ...report.ageGender.ages.flatMap((age, i) =>
      report.ageGender.genders.map((gender, j) =>
        cell('age_gender', { ...details, group: age, subgroup: gender }, 'watchers', report.ageGender.cells[i]?.[j]),
      ),
    ),
    ...report.ageGender.ageTotals.flatMap((each) => classRows('age', { ...details, group: each.name }, each)),
    ...report.ageGender.genderTotals.flatMap((each) => classRows('gender', { ...details, group: each.name }, each)),
    ...report.attributes.flatMap(({ attribute, classes, unsure }) => {
      const place = { ...details, group: snake(attribute) };
      return [
        ...classes.flatMap((each) => classRows('attributes', { ...place, subgroup: each.name }, each)),
        cell('attributes', { ...place, subgroup: 'unsure' }, 'watchers', unsure),
      ];
    }),
    ...report.durations.flatMap(({ measure, steps, mean, median }) => {
      const place = { ...details, group: measure };
      return [
        ...steps.map((step) => cell('durations', { ...place, subgroup: stepName(step) }, 'people', step)),
        figure('durations', place, 'mean_ms', mean),
        figure('durations', place, 'median_ms', median),
      ];
    }),
    ...report.items.flatMap((item) => {
      const place = { ...details, group: item.item, subgroup: item.name };
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

function spanOf({ from, to }: Coverage): Place {
  return { from_day: from, to_day: to };
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

function people(table: string, place: Place, slot: SlotFigures): readonly FigureRow[] {
  return [
    cell(table, place, 'passers_by', slot.passersBy),
    cell(table, place, 'watchers', slot.watchers),
    figure(table, place, 'watch_rate', slot.watchRate),
  ];
}

/** People of days that were published with others are missing from what is counted, so that is "at least". */
function ofWeekday(table: string, place: Place, slot: WeekdayFigures): readonly FigureRow[] {
  const joined = (shown: ShownCell): ShownCell => ({ ...shown, hiddenIn: shown.hiddenIn + slot.joinedIn });
  return [
    plain(table, place, 'days', slot.days),
    cell(table, place, 'passers_by', joined(slot.passersBy)),
    cell(table, place, 'watchers', joined(slot.watchers)),
    figure(table, place, 'watch_rate', slot.watchRate),
  ];
}

function classRows(table: string, place: Place, each: ShownClass): readonly FigureRow[] {
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
