import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InsightsReport, ShownCell } from '../../contract/insights.ts';
import { settingsSchema } from '../../contract/settings.ts';
import { seedStatistics } from '../../tests/support/seeded-statistics.ts';
import { nameOfDay } from '../audience/calendar.ts';
import { Connection } from '../store/connection.ts';
import { statisticsFileName } from '../store/statistics-file.ts';
import { insightsReport } from './report.ts';

/**
 * Somebody who may ask for any range of days, on screen (k = 5) and as an export (k = 11), as often as they like, and
 * subtracts what they get. A place with few visitors, where there is much to hide.
 */
describe('an attack on the published figures by subtraction', () => {
  const now = Date.UTC(2026, 10, 26, 12);
  const today = Math.floor(now / 86_400_000);
  const days = 100;
  let folder: string;
  let connection: Connection;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-attack-'));
    seedStatistics({ folder, days, visitsPerDay: 30, nowMs: now });
    connection = new Connection(join(folder, statisticsFileName), undefined, true);
  });
  afterAll(() => {
    connection.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function report(from: number, to: number, smallest: number): InsightsReport {
    return insightsReport(
      connection,
      { from: nameOfDay(from), to: nameOfDay(to) },
      {
        statistics: settingsSchema.parse({}).statistics,
        smallest,
        timeZone: 'UTC',
        nowMs: now,
        confusions: {},
        itemNames: new Map(),
      },
    );
  }

  /** Every count of people in a report, under a name that is the same in each; those that are complete. */
  function counts(each: InsightsReport): Map<string, number> {
    const found = new Map<string, number>();
    const cell = (name: string, { count, hiddenIn }: ShownCell) => {
      if (count !== null && hiddenIn === 0) found.set(name, count);
    };
    const { passersBy, watchers } = Object.fromEntries(
      each.headlines.map(({ name, now: figure }) => [name, figure.value]),
    );
    if (typeof passersBy === 'number') found.set('passersBy', passersBy);
    if (typeof watchers === 'number') found.set('watchers', watchers);
    each.ageGender.ages.forEach((age, i) => {
      each.ageGender.genders.forEach((gender, j) => {
        cell(`${age} ${gender}`, each.ageGender.cells[i]?.[j] ?? { count: null, hiddenIn: 0 });
      });
    });
    for (const total of each.ageGender.ageTotals) cell(`age ${total.name}`, total);
    for (const total of each.ageGender.genderTotals) cell(`gender ${total.name}`, total);
    for (const { attribute, classes, unsure } of each.attributes) {
      for (const one of classes) cell(`${attribute} ${one.name}`, one);
      cell(`${attribute} unsure`, unsure);
    }
    for (const { measure, steps } of each.durations) for (const step of steps) cell(`${measure} ${step.fromMs}`, step);
    for (const slot of each.heatMap) {
      cell(`${slot.weekday} ${slot.hour} passing`, slot.passersBy);
      cell(`${slot.weekday} ${slot.hour} watching`, slot.watchers);
    }
    return found;
  }

  it.each([5, 11])('never leaves a group of fewer than %i people, whatever ranges are subtracted', (smallest) => {
    const reports = new Map<string, Map<string, number>>();
    const ask = (from: number, to: number) => {
      const key = `${from} ${to}`;
      const known = reports.get(key) ?? counts(report(from, to, smallest));
      reports.set(key, known);
      return known;
    };
    let compared = 0;
    let visible = 0;
    for (let from = today - days; from < today - 20; from += 7) {
      for (let to = from + 13; to < today; to += 9) {
        const outer = ask(from, to);
        visible += outer.size;
        for (const value of outer.values()) expect(value === 0 || value >= smallest).toBe(true);
        for (const [innerFrom, innerTo] of [
          [from + 1, to],
          [from, to - 1],
          [from + 3, to - 5],
        ] as const) {
          for (const [name, value] of ask(innerFrom, innerTo)) {
            const whole = outer.get(name);
            if (whole === undefined) continue;
            const between = whole - value;
            compared++;
            if (between !== 0 && between < smallest) expect.fail(`${name}: ${whole} - ${value} = ${between}`);
          }
        }
      }
    }
    // There was something to subtract.
    expect(compared).toBeGreaterThan(5000);
    expect(visible).toBeGreaterThan(1000);
  });

  it('gives the same figures whenever it is asked, and an export tells no more than the screen', () => {
    const screen = counts(report(today - 60, today - 1, 5));
    expect(counts(report(today - 60, today - 1, 5))).toEqual(screen);
    // What is hidden at 5 is hidden at 11 too, so that nothing can be learned from putting both side by side.
    const exported = counts(report(today - 60, today - 1, 11));
    for (const [name, value] of exported)
      expect(screen.get(name) === undefined || screen.get(name) === value).toBe(true);
  });
});
