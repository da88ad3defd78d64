import { z } from 'zod';
import type { AgeBand, AttributeName, GenderClass } from './attributes.ts';

/**
 * What the page "Insights" shows. Every figure here has been through the privacy rules in the main process: it is a sum of
 * publications that are final (docs/privacy.md), so the page may add, divide and draw as it likes. `null` = may not be
 * shown, or there is nothing to compute it from.
 */

/** A calendar day of the kiosk's time zone, `2026-11-24`. */
export const dayNameSchema = z.iso.date();
export type DayName = string;

/** Whole days, both ends included. At most `longestRangeDays`. */
export const dayRangeSchema = z.object({ from: dayNameSchema, to: dayNameSchema });
export type DayRange = z.infer<typeof dayRangeSchema>;
export const longestRangeDays = 800;

/** 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Figure {
  readonly value: number | null;
  /** Null where the figure is a plain count or sum, or has no value. */
  readonly interval: Interval | null;
}

/** Of counts, for as many days. `relative` is (now - before) / before; `clear` says whether the change is larger than chance explains (null = unknown). */
export interface Change {
  readonly absolute: number | null;
  readonly relative: number | null;
  readonly clear: boolean | null;
}

export const headlineNames = [
  'passersBy',
  'watchers',
  'watchRate',
  'meanDwellMs',
  'medianDwellMs',
  'meanAttentionMs',
  'medianAttentionMs',
  'attentionRatio',
] as const;
export type HeadlineName = (typeof headlineNames)[number];

/** Rates and ratios are 0..1, durations are ms. Attention figures are per watcher, dwell figures per passer-by. */
export interface Headline {
  readonly name: HeadlineName;
  readonly now: Figure;
  /** The period of the same length just before. */
  readonly before: Figure;
  readonly change: Change;
}

/**
 * A count that may be incomplete: `count` sums up the publications that show the cell, `hiddenIn` of them do not. So with
 * `hiddenIn` > 0 it is "at least `count`"; `count` is null where no publication shows the cell.
 */
export interface ShownCell {
  readonly count: number | null;
  readonly hiddenIn: number;
}

/** A class of a distribution. `share` (0..1, with its interval) is of the distribution's `known` people; null where hidden. */
export interface ShownClass extends ShownCell {
  readonly name: string;
  readonly share: number | null;
  readonly interval: Interval | null;
  /** The share corrected by how often the network is known to err; null where that is not known. Say that it is an estimate. */
  readonly corrected: Figure | null;
}

/** What was published for days of the range; days outside are too few people on their own or not over yet. */
export interface Coverage {
  /** First and last day of the publications in the range; null = there are none. */
  readonly from: DayName | null;
  readonly to: DayName | null;
  /** Days of the range inside publications, and how many days it has. */
  readonly days: number;
  readonly daysInRange: number;
}

/** One day, or several that had too few people to stand alone. */
export interface DayFigures {
  readonly from: DayName;
  readonly to: DayName;
  readonly passersBy: number;
  readonly watchers: number;
  readonly watchRate: Figure;
  readonly meanDwellMs: number | null;
  readonly meanAttentionMs: number | null;
  readonly attentionRatio: number | null;
}

/** An hour of the day or a weekday, or both. */
export interface SlotFigures {
  readonly passersBy: ShownCell;
  readonly watchers: ShownCell;
  /** Only where both are complete. */
  readonly watchRate: Figure;
}

export interface HourFigures extends SlotFigures {
  /** 0..23 by the clock on the wall. */
  readonly hour: number;
}
/** Its counts are of the `days` that were published by themselves; with none of them they are null. */
export interface WeekdayFigures extends SlotFigures {
  /** 1 = Monday .. 7 = Sunday. */
  readonly weekday: number;
  /** How many such weekdays were published by themselves, for a mean per day. */
  readonly days: number;
  /** Publications of several days with such a weekday among them: its people are not told from those of the others. */
  readonly joinedIn: number;
}
export interface HeatMapCell extends WeekdayFigures {
  readonly hour: number;
}

export type ShownAge = AgeBand | 'unsure' | 'not counted';
export type ShownGender = GenderClass | 'unsure' | 'not counted';

export interface AgeGenderTable {
  readonly coverage: Coverage;
  readonly ages: readonly ShownAge[];
  readonly genders: readonly ShownGender[];
  /** By age, then gender, as listed. */
  readonly cells: readonly (readonly ShownCell[])[];
  readonly ageTotals: readonly ShownClass[];
  readonly genderTotals: readonly ShownClass[];
  readonly total: ShownCell;
}

export interface AttributeDistribution {
  readonly attribute: Exclude<AttributeName, 'age' | 'gender'>;
  /** Whether it is being counted now (there may be older counts although it is not, and the other way round). */
  readonly counted: boolean;
  readonly coverage: Coverage;
  /** Without `unsure`, which stands by itself below; shares are of those who were not unsure. */
  readonly classes: readonly ShownClass[];
  readonly unsure: ShownCell;
  readonly total: ShownCell;
}

export interface DurationStep extends ShownCell {
  readonly fromMs: number;
  /** Null = open at the end. */
  readonly toMs: number | null;
  readonly share: number | null;
}
export interface DurationDistribution {
  readonly measure: 'dwell' | 'attention';
  readonly coverage: Coverage;
  readonly steps: readonly DurationStep[];
  readonly total: ShownCell;
  readonly mean: Figure;
  /** Interpolated in its step; its interval is that of the order statistic. */
  readonly median: Figure;
}

export interface ItemFigures {
  /** The item's id in the playlist, and its name now (or the id where it is gone). */
  readonly item: string;
  readonly name: string;
  readonly plays: number;
  /** Share of the plays that ran to their end. */
  readonly completion: Figure;
  /** Watchers during the plays; someone who saw two plays is counted in both. */
  readonly watchers: ShownCell;
  readonly watchersPerPlay: number | null;
  readonly attentionMsPerPlay: number | null;
}

export interface InsightsReport {
  readonly range: DayRange;
  readonly before: DayRange;
  /** IANA name. */
  readonly timeZone: string;
  readonly generatedAtMs: number;
  /** k: no figure stands for fewer people than this. */
  readonly smallestCell: number;
  /** The first day that has any publication, and the last; null = nothing has been published yet. */
  readonly firstDay: DayName | null;
  readonly lastDay: DayName | null;
  readonly coverage: Coverage;
  readonly headlines: readonly Headline[];
  readonly days: readonly DayFigures[];
  readonly hoursCoverage: Coverage;
  readonly hours: readonly HourFigures[];
  readonly weekdays: readonly WeekdayFigures[];
  /** 7 x 24, Monday 0:00 first. */
  readonly heatMap: readonly HeatMapCell[];
  readonly ageGender: AgeGenderTable;
  readonly attributes: readonly AttributeDistribution[];
  readonly durations: readonly DurationDistribution[];
  readonly itemsCoverage: Coverage;
  readonly items: readonly ItemFigures[];
}

/** Today so far, rounded down to a multiple of `smallestCell` so that two looks never differ by a few people. */
export interface TodayFigures {
  readonly day: DayName;
  readonly smallestCell: number;
  readonly passersBy: number;
  readonly watchers: number;
  /** In view this moment, exact: whoever stands before the screen sees them. */
  readonly inView: number;
  readonly watchingNow: number;
}

export const exportFormats = ['csv', 'json', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const auditKinds = [
  'settings-changed',
  'pin-changed',
  'preset-applied',
  'exported',
  'plays-exported',
  'report-printed',
  'statistics-deleted',
  'retention-deleted',
  'audit-exported',
] as const;
export type AuditKind = (typeof auditKinds)[number];

export interface AuditEntry {
  readonly id: number;
  readonly atMs: number;
  readonly kind: AuditKind;
  /** Short facts: setting keys with old and new value (never a secret), format, range, number of rows. */
  readonly details: Readonly<Record<string, string>>;
}
