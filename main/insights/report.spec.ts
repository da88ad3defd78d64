import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InsightsReport } from '../../contract/insights.ts';
import { settingsSchema } from '../../contract/settings.ts';
import { everythingCounted, fusedAttributes } from '../../tests/support/audience-fixtures.ts';
import { madeUpVisit, randomNumbers } from '../../tests/support/made-up-visits.ts';
import { seedStatistics } from '../../tests/support/seeded-statistics.ts';
import { nameOfDay, weekdayOf } from '../audience/calendar.ts';
import { foldVisit } from '../audience/folding.ts';
import { Connection } from '../store/connection.ts';
import { statisticsFileName } from '../store/statistics-file.ts';
import { figureRows } from './export/figures.ts';
import { insightsReport } from './report.ts';

const dayMs = 86_400_000;
/** A Thursday. */
const now = Date.UTC(2026, 10, 26, 12);
const today = Math.floor(now / dayMs);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** @param ago first and last day, days before today */
function report(ago: readonly [number, number], smallest = 11, watcherMs = 500): InsightsReport {
  const statistics = { ...settingsSchema.parse({}).statistics, watcherMs };
  const range = { from: nameOfDay(today - ago[0]), to: nameOfDay(today - ago[1]) };
  const connection = new Connection(join(folder, statisticsFileName), undefined, true);
  try {
    return insightsReport(connection, range, {
      statistics,
      smallest,
      timeZone: 'UTC',
      nowMs: now,
      confusions: {},
      itemNames: new Map(),
    });
  } finally {
    connection.close();
  }
}

/** Exactly so many people on each day of the past weeks. */
function seed(days: number, peopleOn: (day: number) => number, options: { smallest?: number } = {}): void {
  const random = randomNumbers(3);
  seedStatistics({
    folder,
    days,
    visitsPerDay: 0,
    nowMs: now,
    ...options,
    more: (startMs) => Array.from({ length: peopleOn(startMs / dayMs) }, () => madeUpVisit(startMs, random)).flat(),
  });
}

const headline = (of: InsightsReport, name: string) => of.headlines.find((each) => each.name === name);

describe('the report of a range of days', () => {
  it('says of tables that have too few people yet that nothing is known of them, not that nobody was there', () => {
    seed(4, () => 60);
    const quiet = report([4, 1]);
    expect(headline(quiet, 'passersBy')?.now.value).toBe(240);
    expect(quiet.ageGender.coverage.days).toBe(0);
    const rows = figureRows(quiet);
    for (const table of ['hours', 'weekdays', 'hours_of_week', 'age_gender', 'gender', 'attributes', 'durations']) {
      const people = rows.filter((row) => row.table === table && row.measure !== 'days' && row.measure !== 'mean_ms');
      expect(people.length, table).toBeGreaterThan(0);
      for (const row of people) expect(row).toMatchObject({ value: null, from_day: null, to_day: null });
    }
    expect(rows.find(({ table, measure }) => table === 'headlines' && measure === 'passers_by')).toMatchObject({
      value: 240,
      from_day: nameOfDay(today - 4),
      to_day: nameOfDay(today - 1),
    });
  });

  it('says which days a table covers where those are not all', () => {
    seed(10, () => 60);
    const rows = figureRows(report([10, 1]));
    const gender = rows.find(({ table, measure }) => table === 'gender' && measure === 'watchers');
    expect(gender?.from_day).toBe(nameOfDay(today - 10));
    expect((gender?.to_day ?? '') < nameOfDay(today - 1)).toBe(true);
    const ofPart = rows.filter(({ table }) => table === 'headlines');
    expect(ofPart.find(({ measure }) => measure === 'median_dwell_ms')?.to_day).toBe(gender?.to_day);
    expect(ofPart.find(({ measure }) => measure === 'mean_dwell_ms')?.to_day).toBe(nameOfDay(today - 1));
  });

  it('tells a weekday that was published with others from one on which nobody came', () => {
    const isSunday = (day: number) => weekdayOf(day) === 7;
    seed(35, (day) => (isSunday(day) ? 3 : 300));
    const weeks = report([35, 1]);
    const weekday = (number: number) => weeks.weekdays.find((each) => each.weekday === number);
    const tuesdays = weekday(2)?.days ?? 0;
    expect(tuesdays).toBeGreaterThanOrEqual(4);
    expect(weekday(2)).toMatchObject({ joinedIn: 0, passersBy: { count: tuesdays * 300 } });
    expect(weekday(7)).toMatchObject({ days: 0, passersBy: { count: null } });
    // A Monday comes with the Sunday before it, which cannot stand alone.
    expect(weekday(1)?.joinedIn).toBeGreaterThanOrEqual(3);
    const rows = figureRows(weeks).filter(({ table }) => table === 'weekdays');
    const exported = (group: string, measure: string) =>
      rows.find((row) => row.group === group && row.measure === measure);
    expect(exported('7', 'passers_by')).toMatchObject({ value: null });
    expect(exported('7', 'passers_by')?.hidden_in).toBe(weekday(7)?.joinedIn);
    expect(exported('2', 'passers_by')).toMatchObject({ value: tuesdays * 300, hidden_in: 0 });
    expect(exported('2', 'days')?.value).toBe(tuesdays);
    const noon = weeks.heatMap.find((each) => each.weekday === 7 && each.hour === 12);
    expect(noon).toMatchObject({ days: 0, watchers: { count: null } });
  });

  it('compares as many days with as many: a day that is not published yet is no drop', () => {
    seed(40, (day) => (day === today - 1 ? 3 : 300));
    const month = report([19, 1]);
    expect(headline(month, 'passersBy')?.now.value).toBe(18 * 300);
    expect(headline(month, 'passersBy')?.before.value).toBe(19 * 300);
    expect(headline(month, 'passersBy')?.change).toEqual({ absolute: 0, relative: 0, clear: false });
    expect(headline(month, 'watchers')?.change.clear).toBe(false);
    // One day of two is no comparison.
    expect(headline(report([2, 1]), 'passersBy')?.change).toEqual({ absolute: null, relative: null, clear: null });
  });

  it('keeps every day at a k that lies between two thresholds', () => {
    seed(21, (day) => 80 + 7 * (day % 5), { smallest: 35 });
    const people = (smallest: number) => headline(report([21, 1], smallest), 'passersBy')?.now.value;
    expect(people(35)).toBeGreaterThan(1000);
    expect(people(35)).toBe(people(5));
  });

  it('takes the median attention of watchers over nobody else, wherever the watching time lies', () => {
    const glance = (attentionMs: number, startMs: number) =>
      foldVisit(
        {
          firstSeenMs: 0,
          lastSeenMs: 5000,
          attentionMs,
          endedAtMs: startMs + 12 * 3_600_000,
          attributes: fusedAttributes({}),
        },
        { counted: everythingCounted, watcherMs: 1900 },
      );
    seedStatistics({
      folder,
      days: 1,
      visitsPerDay: 0,
      nowMs: now,
      more: (startMs) =>
        [1200, 1200, 3500].flatMap((ms) => Array.from({ length: 200 }, () => glance(ms, startMs)).flat()),
    });
    const day = report([1, 1], 11, 1900);
    expect(headline(day, 'watchers')?.now.value).toBe(200);
    expect(headline(day, 'meanAttentionMs')?.now.value).toBe(3500);
    const median = headline(day, 'medianAttentionMs')?.now;
    expect(median?.value).toBeGreaterThanOrEqual(2000);
    expect(median?.interval?.low).toBeGreaterThanOrEqual(2000);
  });

  it('gives no figures of what was not counted', () => {
    const visit = (startMs: number) =>
      foldVisit(
        {
          firstSeenMs: 0,
          lastSeenMs: 5000,
          attentionMs: 2000,
          endedAtMs: startMs + 12 * 3_600_000,
          attributes: fusedAttributes({}),
        },
        { counted: { ...everythingCounted, sideburns: false }, watcherMs: 500 },
      );
    seedStatistics({
      folder,
      days: 1,
      visitsPerDay: 0,
      nowMs: now,
      more: (startMs) => Array.from({ length: 200 }, () => visit(startMs)).flat(),
    });
    const { attributes } = report([1, 1]);
    const total = (name: string) => attributes.find(({ attribute }) => attribute === name)?.total;
    expect(total('beard')).toEqual({ count: 200, hiddenIn: 0 });
    expect(total('sideburns')).toEqual({ count: null, hiddenIn: 0 });
  });
});
