import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedStatistics } from '../support/seeded-statistics.ts';

/**
 * Exports opened with other tools, against figures added up from the counters themselves by SQL that is written here:
 * neither the publications nor any code of the application has a part in what is expected.
 */

interface Row {
  readonly table: string;
  readonly from_day: string | null;
  readonly group: string | null;
  readonly subgroup: string | null;
  readonly measure: string;
  readonly value: number | null;
  readonly hidden_in: number;
}

const dayMs = 86_400_000;
const from = new Date(Date.now() - 28 * dayMs).toISOString().slice(0, 10);
const to = new Date(Date.now() - 2 * dayMs).toISOString().slice(0, 10);
const cli = join(import.meta.dirname, '../../main/insights/cli.ts');
const hasSqlite = spawnSync('sqlite3', ['--version']).status === 0;

let folder: string;
let counters: Database.Database;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-other-tools-'));
  seedStatistics({ folder, days: 40, visitsPerDay: 600, nowMs: Date.now() });
  counters = new Database(join(folder, 'statistics.sqlite'), { readonly: true });
});
afterAll(() => {
  counters.close();
  rmSync(folder, { recursive: true, force: true });
});

function exported(format: 'csv' | 'parquet'): string {
  const path = join(folder, `figures.${format}`);
  const args = [cli, '--from', from, '--to', to, '--data-dir', folder, '--format', format, '--out', path];
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return path;
}

/** By the command line tool of SQLite, which has a CSV reader of its own. */
function openedWithSqlite(path: string): readonly Row[] {
  const commands = [`.import --csv "${path}" figures`, '.mode json', 'SELECT * FROM figures;'].join('\n');
  const rows = JSON.parse(execFileSync('sqlite3', [':memory:'], { input: commands, encoding: 'utf8' }));
  const orNull = (text: string) => (text === '' ? null : text);
  return rows.map((row: Record<keyof Row, string>) => ({
    table: row.table,
    from_day: orNull(row.from_day),
    group: orNull(row.group),
    subgroup: orNull(row.subgroup),
    measure: row.measure,
    value: row.value === '' ? null : Number(row.value),
    hidden_in: Number(row.hidden_in),
  }));
}

async function openedWithHyparquet(path: string): Promise<readonly Row[]> {
  const bytes = readFileSync(path);
  const rows = await parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  });
  return rows as unknown as readonly Row[];
}

const localDay = (column: string) => `strftime('%Y-%m-%d', ${column} / 1000, 'unixepoch', 'localtime')`;

interface DaySums {
  readonly day: string;
  readonly passersBy: number;
  readonly watchers: number;
  readonly dwellMs: number;
  readonly attentionMs: number;
}

function expectedDays(): readonly DaySums[] {
  const sums = counters.prepare(
    `SELECT ${localDay('bucket_start')} AS day, sum(passers_by) AS passersBy, sum(watchers) AS watchers,
       sum(dwell_ms) AS dwellMs, sum(attention_ms) AS attentionMs
     FROM visits WHERE day BETWEEN ? AND ? GROUP BY day ORDER BY day`,
  );
  return sums.all(from, to) as DaySums[];
}

/** People of a table of details, by class. Details are published for blocks of days; only whole blocks are in a range. */
function expectedDetails(table: string, className: string, amount: string, where = '1'): ReadonlyMap<string, number> {
  const sums = counters.prepare(
    `SELECT ${className} AS class, sum(${amount}) AS people FROM ${table}
     WHERE ${where} AND EXISTS (
       SELECT 1 FROM published_blocks b WHERE b.part = 'details'
       AND ${localDay('bucket_start')} BETWEEN date(b.from_day * 86400, 'unixepoch') AND date(b.to_day * 86400, 'unixepoch')
       AND date(b.from_day * 86400, 'unixepoch') >= ? AND date(b.to_day * 86400, 'unixepoch') <= ?)
     GROUP BY class`,
  );
  const rows = sums.all(from, to) as { class: string | number; people: number }[];
  return new Map(rows.map((row) => [String(row.class), row.people]));
}

function check(rows: readonly Row[]): void {
  const days = expectedDays();
  expect(days.length).toBeGreaterThan(20);
  for (const { day, passersBy, watchers, dwellMs } of days) {
    const value = (measure: string) =>
      rows.find((row) => row.table === 'days' && row.from_day === day && row.measure === measure)?.value;
    expect([value('passers_by'), value('watchers')], day).toEqual([passersBy, watchers]);
    expect(value('watch_rate'), day).toBeCloseTo(watchers / passersBy, 9);
    expect(value('mean_dwell_ms'), day).toBeCloseTo(dwellMs / passersBy, 6);
  }
  const total = (name: keyof Omit<DaySums, 'day'>) => days.reduce((sum, each) => sum + each[name], 0);
  const headline = (measure: string) => rows.find((row) => row.table === 'headlines' && row.measure === measure)?.value;
  expect([headline('passers_by'), headline('watchers')]).toEqual([total('passersBy'), total('watchers')]);
  expect(headline('watch_rate')).toBeCloseTo(total('watchers') / total('passersBy'), 9);
  expect(headline('mean_dwell_ms')).toBeCloseTo(total('dwellMs') / total('passersBy'), 6);
  expect(headline('attention_ratio')).toBeCloseTo(total('attentionMs') / total('dwellMs'), 9);

  const watchersOf = (row: Row, table: string) => row.table === table && row.measure === 'watchers';
  checkDetails(
    rows.filter((row) => watchersOf(row, 'gender')),
    ({ group }) => group,
    expectedDetails('watchers_by_age_gender', 'gender', 'watchers'),
  );
  checkDetails(
    rows.filter((row) => watchersOf(row, 'age')),
    ({ group }) => group,
    expectedDetails('watchers_by_age_gender', 'age_band', 'watchers'),
  );
  checkDetails(
    rows.filter((row) => row.table === 'durations' && row.group === 'dwell' && row.measure === 'people'),
    ({ subgroup }) => subgroup?.split('-')[0],
    expectedDetails('visits_by_duration', 'from_ms', 'visits', "measure = 'dwell'"),
  );
}

/** Exact where no publication hides the class, else at most what there is. */
function checkDetails(
  rows: readonly Row[],
  classOf: (row: Row) => string | null | undefined,
  expected: ReadonlyMap<string, number>,
): void {
  let exact = 0;
  for (const row of rows) {
    const people = expected.get(classOf(row) ?? '') ?? 0;
    if (row.hidden_in > 0) expect(row.value ?? 0, JSON.stringify(row)).toBeLessThanOrEqual(people);
    else expect(row.value, JSON.stringify(row)).toBe(people);
    if (row.hidden_in === 0 && people > 0) exact++;
  }
  expect(exact, `exact classes of ${rows[0]?.table}`).toBeGreaterThan(0);
}

describe('an export opened with another tool', () => {
  it.skipIf(!hasSqlite)('is right as CSV in the command line of SQLite', () => {
    check(openedWithSqlite(exported('csv')));
  });

  it('is right as Parquet in hyparquet', async () => {
    check(await openedWithHyparquet(exported('parquet')));
  });
});
