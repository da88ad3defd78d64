import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedStatistics } from '../../tests/support/seeded-statistics.ts';
import { dayNamed, nameOfDay } from '../audience/calendar.ts';
import { type EndedPlay, foldPlay } from '../signage/proof-of-play.ts';
import { Connection } from '../store/connection.ts';
import { statisticsFileName } from '../store/statistics-file.ts';
import { type PlayRow, playsReport } from './plays.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const now = Date.UTC(2026, 10, 26, 12);
const today = Math.floor(now / dayMs);

/** A place with few visitors: its publications are of several days. */
const days = 60;
let folder: string;

function play(startedAtMs: number, more: Partial<EndedPlay> = {}): EndedPlay {
  return {
    screen: 'main',
    playlist: 'plain',
    item: 'a',
    reason: 'schedule',
    startedAtMs,
    shownMs: 9_987,
    completed: true,
    hasRules: false,
    audience: { passersBy: 2, watchers: 1, people: 1, attentionMs: 1_200 },
    ...more,
  };
}

/** Four plays of a plain playlist, and what a playlist with rules did, of which the day says what it was. */
function seed(into: string, rulePlays: (day: number) => readonly EndedPlay[], fineDays?: number): void {
  seedStatistics({
    folder: into,
    days,
    visitsPerDay: 30,
    nowMs: now,
    ...(fineDays === undefined ? {} : { fineDays }),
    more: (startMs) =>
      [
        ...[10, 11, 12].map((hour) => play(startMs + hour * hourMs + 123)),
        play(startMs + 13 * hourMs + 77, { item: 'b', completed: false, shownMs: 4_321 }),
        ...rulePlays(startMs / dayMs),
      ].flatMap(foldPlay),
  });
}

const ofRule = (day: number, hour: number, more: Partial<EndedPlay> = {}): EndedPlay =>
  play(day * dayMs + hour * hourMs + 555, {
    playlist: 'ruled',
    item: 'seniors',
    reason: 'rule',
    hasRules: true,
    ...more,
  });

function rowsOf(from: number, to: number, smallest = 11, of = folder): readonly PlayRow[] {
  const connection = new Connection(join(of, statisticsFileName), undefined, true);
  const { rows } = playsReport(
    connection,
    { from: nameOfDay(from), to: nameOfDay(to) },
    { smallest, timeZone: 'UTC', nowMs: now, itemNames: new Map([['plain/a', 'Spring']]) },
  );
  connection.close();
  return rows;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-plays-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('playsReport', () => {
  it('tells each play of a playlist without rules to the millisecond, with the day of its zone', () => {
    seed(folder, () => []);
    const plays = rowsOf(today - 3, today - 2).filter(({ kind }) => kind === 'play');
    expect(plays).toHaveLength(8);
    const startMs = (today - 3) * dayMs + 10 * hourMs + 123;
    expect(plays[0]).toEqual({
      kind: 'play',
      start: new Date(startMs).toISOString(),
      end: new Date(startMs + 9_987).toISOString(),
      from_day: nameOfDay(today - 3),
      to_day: nameOfDay(today - 3),
      screen: 'main',
      playlist: 'plain',
      item: 'a',
      name: 'Spring',
      reason: 'schedule',
      plays: 1,
      completed: 1,
      shown_ms: 9_987,
      watchers: null,
      attention_ms: null,
    });
    expect(plays[3]).toMatchObject({ item: 'b', name: 'b', completed: 0, shown_ms: 4_321 });
  });

  it('adds up what a playlist with rules played, in whole publications, and loses none of it', () => {
    seed(folder, (day) => [
      ofRule(day, 15),
      ofRule(day, 15),
      ofRule(day, 16, { reason: 'schedule', completed: false }),
    ]);
    const rows = rowsOf(today - days, today - 1);
    const sums = rows.filter(({ kind }) => kind === 'plays');
    expect(new Set(sums.map(({ playlist }) => playlist))).toEqual(new Set(['ruled']));
    for (const row of sums) {
      const length = dayNamed(row.to_day) - dayNamed(row.from_day) + 1;
      expect(length).toBeGreaterThan(1);
      expect(row).toMatchObject({
        plays: 3 * length,
        completed: 2 * length,
        start: null,
        reason: null,
        shown_ms: null,
      });
    }
    const audience = rows.filter(({ kind, playlist }) => kind === 'audience' && playlist === 'ruled');
    expect(audience.map(({ from_day }) => from_day)).toEqual(sums.map(({ from_day }) => from_day));
    expect(audience.map(({ plays }) => plays)).toEqual(sums.map(({ plays }) => plays));
  });

  it('adds up the days whose single plays are not kept any more', () => {
    seed(folder, () => [], 35);
    const rows = rowsOf(today - days, today - 1);
    const old = rows.filter(({ kind }) => kind === 'plays');
    const single = rows.filter(({ kind }) => kind === 'play');
    expect(old.length).toBeGreaterThan(0);
    expect(single.length).toBeGreaterThan(0);
    const merged = old.reduce((sum, { plays }) => sum + plays, 0);
    const covered = old.flatMap(({ from_day, to_day }) => [dayNamed(from_day), dayNamed(to_day)]);
    // A publication may begin before the last merged day and end after it: nothing is told twice.
    expect(merged + single.length).toBe(4 * days);
    expect(Math.max(...covered)).toBeLessThan(today);
  });

  it('keeps a play that a rule brought coarse also where the rules are gone by its end', () => {
    seed(folder, (day) => [ofRule(day, 15, { hasRules: false })]);
    const exact = rowsOf(today - days, today - 1).filter(({ kind }) => kind === 'play');
    expect(exact).toHaveLength(4 * days);
    expect(exact.every(({ reason, playlist }) => reason === 'schedule' && playlist === 'plain')).toBe(true);
  });
});

describe('an attack on the exported plays', () => {
  /** Two worlds that differ in one person alone: when they came, how long they stayed, and what they set off. */
  const setOff = (person: (day: number) => readonly EndedPlay[]) => (day: number) => [ofRule(day, 12), ...person(day)];

  it('cannot tell when a person was there who set off a rule, whatever ranges are asked for', () => {
    const other = mkdtempSync(join(tmpdir(), 'vitrine-plays-twin-'));
    try {
      seed(
        folder,
        setOff(() => []),
      );
      const whole = rowsOf(today - days, today - 1).filter(({ kind }) => kind === 'plays');
      const block = whole[1];
      const [first, last] = [dayNamed(block?.from_day ?? ''), dayNamed(block?.to_day ?? '')];
      expect(last).toBeGreaterThan(first);
      rmSync(folder, { recursive: true });
      const once = (on: number, hour: number, shownMs: number, reason: EndedPlay['reason']) =>
        setOff((day) => (day === on ? [ofRule(day, hour, { shownMs, reason, audience: null })] : []));
      seed(folder, once(first, 7, 1_234, 'rule'));
      seed(other, once(last, 21, 9_999, 'schedule'));
      let compared = 0;
      for (let from = today - days; from < today; from += 3) {
        for (let to = from; to < today; to += 4) {
          for (const smallest of [5, 11]) {
            expect(rowsOf(from, to, smallest, other)).toEqual(rowsOf(from, to, smallest));
            compared++;
          }
        }
      }
      expect(compared).toBeGreaterThan(200);
      // They are counted all the same.
      const plays = (rows: readonly PlayRow[]) => rows.reduce((sum, row) => sum + row.plays, 0);
      expect(plays(rowsOf(today - days, today - 1).filter(({ kind }) => kind === 'plays'))).toBe(plays(whole) + 1);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });

  it.each([5, 11])('never leaves an audience of fewer than %i by subtracting ranges', (smallest) => {
    seed(folder, (day) => [
      ofRule(day, 15, { audience: { passersBy: 3, watchers: day % 3, people: day % 3, attentionMs: 900 } }),
    ]);
    const sums = (rows: readonly PlayRow[]) => {
      const found = new Map<string, { watchers: number; complete: boolean }>();
      for (const { kind, playlist, item, watchers, attention_ms } of rows) {
        if (kind !== 'audience') {
          expect(watchers ?? attention_ms).toBe(null);
          continue;
        }
        if (watchers === null) expect(attention_ms).toBe(null);
        else expect(watchers === 0 || watchers >= smallest).toBe(true);
        const sum = found.get(`${playlist}/${item}`) ?? { watchers: 0, complete: true };
        found.set(`${playlist}/${item}`, {
          watchers: sum.watchers + (watchers ?? 0),
          complete: sum.complete && watchers !== null,
        });
      }
      return found;
    };
    let compared = 0;
    for (let from = today - days; from < today - 10; from += 2) {
      for (let to = from + 9; to < today; to += 3) {
        const outer = sums(rowsOf(from, to, smallest));
        for (const [a, b] of [
          [from + 1, to],
          [from, to - 1],
          [from + 2, to - 3],
        ] as const) {
          for (const [item, inner] of sums(rowsOf(a, b, smallest))) {
            const all = outer.get(item);
            if (!all?.complete || !inner.complete) continue;
            const between = all.watchers - inner.watchers;
            expect(between === 0 || between >= smallest, `${item}: ${between}`).toBe(true);
            compared++;
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});
