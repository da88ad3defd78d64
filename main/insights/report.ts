import type { DayFigures, DayRange, InsightsReport } from '../../contract/insights.ts';
import { longestRangeDays } from '../../contract/insights.ts';
import type { Settings } from '../../contract/settings.ts';
import { nameOfDay } from '../audience/calendar.ts';
import { shareOf } from '../audience/intervals.ts';
import { conversion, meanDuration } from '../audience/metrics.ts';
import type { Connection } from '../store/connection.ts';
import type { PublishedDay, Sums } from '../store/publication/day-totals.ts';
import { daysBetween } from '../store/publication/day-totals.ts';
import type { Confusions } from './distributions.ts';
import {
  ageGenderTable,
  attributeDistributions,
  completeSteps,
  durationDistribution,
  watcherSteps,
} from './distributions.ts';
import { headlines, type PeriodSums } from './headlines.ts';
import { hourTables } from './hours.ts';
import { itemTable } from './items.ts';
import type { Days } from './published.ts';
import { daysOf, Published } from './published.ts';

export interface ReportContext {
  readonly statistics: Settings['statistics'];
  /** k */
  readonly smallest: number;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly confusions: Confusions;
  /** The names of signage items now, by id. */
  readonly itemNames: ReadonlyMap<string, string>;
}

/** The range cannot be reported on; `message` says why, for whoever asked. */
export class BadRangeError extends Error {}

/** @throws BadRangeError */
export function checkRange(range: DayRange): Days {
  const days = daysOf(range);
  if (days.to < days.from) throw new BadRangeError('The last day is before the first one.');
  if (days.to - days.from + 1 > longestRangeDays) {
    throw new BadRangeError(`At most ${longestRangeDays} days can be reported on at once.`);
  }
  return days;
}

/**
 * Everything the page "Insights" shows of a range of days.
 *
 * @throws BadRangeError, SqliteError
 */
export function insightsReport(connection: Connection, range: DayRange, context: ReportContext): InsightsReport {
  const days = checkRange(range);
  const length = days.to - days.from + 1;
  const before: Days = { from: days.from - length, to: days.from - 1 };
  const now = new Period(connection, days, context);
  const bounds = connection.one('SELECT min(from_day) AS first, max(to_day) AS last FROM published_days');
  const dayName = (day: unknown) => (day === null || day === undefined ? null : nameOfDay(Number(day)));
  const details = now.published.blocks('details');
  const coverage = now.published.coverage(details);
  const hourBlocks = now.published.blocks('hours');
  const inBlocks = (blocks: readonly Days[]) =>
    now.days.filter(({ fromDay, toDay }) => blocks.some((block) => block.from <= fromDay && toDay <= block.to));
  const detailSums = sumDays(inBlocks(details));
  return {
    range,
    before: { from: nameOfDay(before.from), to: nameOfDay(before.to) },
    timeZone: context.timeZone,
    generatedAtMs: context.nowMs,
    smallestCell: context.smallest,
    firstDay: dayName(bounds?.first),
    lastDay: dayName(bounds?.last),
    coverage: now.published.coverage(now.days.map(({ fromDay, toDay }) => ({ from: fromDay, to: toDay }))),
    headlines: headlines(now.sums(), comparable(now, new Period(connection, before, context))),
    days: now.days.map(dayFigures),
    hoursCoverage: now.published.coverage(hourBlocks),
    ...hourTables(now.published, inBlocks(hourBlocks)),
    ageGender: ageGenderTable(now.published, coverage, context.confusions),
    attributes: attributeDistributions(now.published, coverage, context.statistics.counted, context.confusions),
    durations: [
      durationDistribution(now.published, coverage, 'dwell', {
        sumMs: detailSums.dwellMs,
        people: detailSums.passersBy,
        steps: completeSteps(now.published, 'dwell'),
      }),
      durationDistribution(now.published, coverage, 'attention', {
        sumMs: detailSums.watcherAttentionMs,
        people: detailSums.watchers,
        steps: watcherSteps(now.published, context.statistics.watcherMs),
      }),
    ],
    itemsCoverage: coverage,
    items: itemTable(now.published, context.itemNames),
  };
}

/** Of periods whose published days differ by more than this, one has other weekdays or holidays in it than the other. */
const comparableShare = 0.9;

function comparable(now: Period, before: Period): PeriodSums | null {
  const [fewer = 0, more = 0] = [now.length, before.length].sort((a, b) => a - b);
  return fewer >= comparableShare * more ? before.sums() : null;
}

/** What was published for some days. */
class Period {
  readonly published: Published;
  /** Only those that may be shown at k. */
  readonly days: readonly PublishedDay[];
  readonly #watcherMs: number;

  constructor(connection: Connection, days: Days, { smallest, statistics }: ReportContext) {
    this.published = new Published(connection, days, smallest);
    this.days = daysBetween(connection, days.from, days.to).filter(
      ({ passersBy, watchers }) =>
        this.published.shows(passersBy) && this.published.shows(watchers) && this.published.shows(passersBy - watchers),
    );
    this.#watcherMs = statistics.watcherMs;
  }

  /** Days in publications that may be shown. */
  get length(): number {
    return this.days.reduce((sum, { fromDay, toDay }) => sum + toDay - fromDay + 1, 0);
  }

  sums(): PeriodSums | null {
    if (this.days.length === 0) return null;
    return {
      ...sumDays(this.days),
      days: this.length,
      dwell: completeSteps(this.published, 'dwell'),
      attention: watcherSteps(this.published, this.#watcherMs),
    };
  }
}

function sumDays(days: readonly PublishedDay[]): Sums {
  const sum = (amount: (day: PublishedDay) => number) => days.reduce((total, day) => total + amount(day), 0);
  return {
    passersBy: sum((day) => day.passersBy),
    watchers: sum((day) => day.watchers),
    dwellMs: sum((day) => day.dwellMs),
    attentionMs: sum((day) => day.attentionMs),
    watcherAttentionMs: sum((day) => day.watcherAttentionMs),
  };
}

function dayFigures(day: PublishedDay): DayFigures {
  return {
    from: nameOfDay(day.fromDay),
    to: nameOfDay(day.toDay),
    passersBy: day.passersBy,
    watchers: day.watchers,
    watchRate: shareOf(day.watchers, day.passersBy),
    meanDwellMs: meanDuration(day.dwellMs, day.passersBy),
    meanAttentionMs: meanDuration(day.watcherAttentionMs, day.watchers),
    attentionRatio: conversion(day.dwellMs, day.attentionMs),
  };
}
