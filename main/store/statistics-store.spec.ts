import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settingsSchema } from '../../contract/settings.ts';
import { oneWatcher } from '../../tests/support/sample-increments.ts';
import { bucketStart } from '../audience/time-bucket.ts';
import { openStore, type StatisticsStore, type StoreOptions, type StoreProblem } from './statistics-store.ts';

const noon = Date.UTC(2026, 4, 6, 12, 3);
let folder: string;
let problems: StoreProblem[];
let stores: StatisticsStore[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-store-'));
  problems = [];
  stores = [];
});
afterEach(() => {
  for (const store of stores) store.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(options: Partial<StoreOptions> = {}): StatisticsStore {
  const store = openStore({ folder, now: () => noon, onProblem: (problem) => problems.push(problem), ...options });
  stores.push(store);
  return store;
}
const file = () => join(folder, 'statistics.sqlite');
function read(sql: string): unknown[] {
  const database = new Database(file(), { readonly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}
const codes = () => problems.map(({ code, active }) => `${active ? '+' : '-'}${code}`);

describe('the statistics store', () => {
  it('adds counters to their cells and keeps them over a restart', () => {
    const store = open();
    store.add(oneWatcher(noon));
    store.add(oneWatcher(noon + 60_000));
    store.close();
    const again = open();
    again.add(oneWatcher(noon));
    again.flush();
    expect(read('SELECT * FROM visits')).toEqual([
      {
        bucket_start: bucketStart(noon),
        passers_by: 3,
        watchers: 3,
        dwell_ms: 12_000,
        attention_ms: 4500,
        watcher_attention_ms: 4500,
      },
    ]);
    expect(read('SELECT age_band, gender, watchers FROM watchers_by_age_gender')).toEqual([
      { age_band: '25-34', gender: 'female', watchers: 3 },
    ]);
    expect(read(`SELECT value, watchers FROM watchers_by_attribute WHERE attribute = 'smile'`)).toEqual([
      { value: '0.8-1.0', watchers: 3 },
    ]);
    expect(read(`SELECT from_ms, visits FROM visits_by_duration WHERE measure = 'dwell'`)).toEqual([
      { from_ms: 2000, visits: 3 },
    ]);
    expect(problems).toEqual([]);
  });

  it('sums what is written and what waits, from the bucket asked for', () => {
    const store = open();
    store.add(oneWatcher(noon - 24 * 3600_000));
    store.add(oneWatcher(noon));
    store.flush();
    store.add(oneWatcher(noon));
    expect(store.totalsSince(bucketStart(noon))).toEqual({ passersBy: 2, watchers: 2 });
    expect(store.totalsSince(0)).toEqual({ passersBy: 3, watchers: 3 });
  });

  it('writes by itself after the interval', async () => {
    const store = open({ flushIntervalMs: 20 });
    store.add(oneWatcher(noon));
    await vi.waitFor(() => expect(read('SELECT passers_by FROM visits')).toEqual([{ passers_by: 1 }]), {
      timeout: 10_000,
    });
  });

  it('shows its tables as they are, the newest rows first', () => {
    const store = open();
    store.add(oneWatcher(noon));
    store.add(oneWatcher(noon + 3600_000));
    const contents = store.contents();
    expect(contents.fileName).toBe('statistics.sqlite');
    expect(contents.sizeBytes).toBeGreaterThan(0);
    expect(contents.tables.map(({ name }) => name)).toEqual([
      'visits',
      'watchers_by_age_gender',
      'watchers_by_attribute',
      'visits_by_duration',
      'plays_by_item',
      'plays',
      'audit_log',
      'published_days',
      'published_blocks',
      'published_cells',
    ]);
    expect(contents.tables[0]?.rows[0]).toEqual([bucketStart(noon + 3600_000), 1, 1, 4000, 1500, 1500]);
    expect(contents.tables[2]).toMatchObject({ totalRows: 16 });
  });

  it('deletes counters that are older than it keeps them', () => {
    const day = 24 * 3600_000;
    const { keptDays } = settingsSchema.parse({}).statistics.retention;
    const store = open({ now: () => noon - (keptDays - 2) * day });
    store.add(oneWatcher(noon - (keptDays + 1) * day));
    store.add(oneWatcher(noon - (keptDays - 1) * day));
    store.close();
    expect(open({ now: () => noon + 12 * 3600_000 }).totalsSince(0).passersBy).toBe(1);
  });

  it('notes in the audit log what went by age, and lets old notes go though nothing new is noted', () => {
    const day = 24 * 3600_000;
    const { keptDays, auditDays } = settingsSchema.parse({}).statistics.retention;
    const store = open({ now: () => noon - keptDays * day });
    for (const age of [keptDays + 2, keptDays + 2, keptDays + 1]) store.add(oneWatcher(noon - age * day));
    store.close();
    open({ now: () => noon }).close();
    const notes = () => read('SELECT at_ms, kind, details FROM audit_log') as { kind: string; details: string }[];
    expect(notes()).toMatchObject([{ at_ms: noon, kind: 'retention-deleted' }]);
    expect(JSON.parse(notes()[0]?.details ?? '')).toMatchObject({ days: '2' });
    open({ now: () => noon + (auditDays + 1) * day }).close();
    expect(notes()).toEqual([]);
  });

  it('has no column for anything but times, classes, amounts and what was played', () => {
    const store = open();
    store.add(oneWatcher(noon));
    store.flush();
    const columns = read(`
      SELECT m.name AS "table", p.name AS "column" FROM sqlite_schema m, pragma_table_info(m.name) p
      WHERE m.type = 'table' ORDER BY 1, p.cid`) as { table: string; column: string }[];
    expect(columns.map(({ table, column }) => `${table}.${column}`)).toEqual([
      'audit_log.id',
      'audit_log.at_ms',
      'audit_log.kind',
      'audit_log.details',
      'plays.start_ms',
      'plays.end_ms',
      'plays.screen',
      'plays.playlist',
      'plays.item',
      'plays.reason',
      'plays.completed',
      'plays.plays',
      'plays.shown_ms',
      'plays_by_item.bucket_start',
      'plays_by_item.playlist',
      'plays_by_item.item',
      'plays_by_item.plays',
      'plays_by_item.completed',
      'plays_by_item.shown_ms',
      'plays_by_item.passers_by',
      'plays_by_item.watchers',
      'plays_by_item.attention_ms',
      'plays_by_item.people',
      'published_blocks.part',
      'published_blocks.from_day',
      'published_blocks.to_day',
      'published_blocks.passers_by',
      'published_blocks.watchers',
      'published_cells.part',
      'published_cells.kind',
      'published_cells.from_day',
      'published_cells.to_day',
      'published_cells.line',
      'published_cells.place',
      'published_cells.amount',
      'published_cells.hidden_from',
      'published_days.from_day',
      'published_days.to_day',
      'published_days.start_ms',
      'published_days.end_ms',
      'published_days.time_zone',
      'published_days.passers_by',
      'published_days.watchers',
      'published_days.dwell_ms',
      'published_days.attention_ms',
      'published_days.watcher_attention_ms',
      'visits.bucket_start',
      'visits.passers_by',
      'visits.watchers',
      'visits.dwell_ms',
      'visits.attention_ms',
      'visits.watcher_attention_ms',
      'visits_by_duration.bucket_start',
      'visits_by_duration.measure',
      'visits_by_duration.from_ms',
      'visits_by_duration.visits',
      'watchers_by_age_gender.bucket_start',
      'watchers_by_age_gender.age_band',
      'watchers_by_age_gender.gender',
      'watchers_by_age_gender.watchers',
      'watchers_by_attribute.bucket_start',
      'watchers_by_attribute.attribute',
      'watchers_by_attribute.value',
      'watchers_by_attribute.watchers',
    ]);
    expect(read(`SELECT 1 FROM sqlite_schema WHERE sql LIKE '%BLOB%' OR type NOT IN ('table', 'index')`)).toEqual([]);
  });
});

describe('a damaged file', () => {
  it.each([
    [
      'is no database',
      () => writeFileSync(file(), 'not a database at all, but long enough to have a header '.repeat(40)),
    ],
    ['has been cut short', () => truncateSync(file(), 4096 * 2)],
    [
      'has been overwritten inside',
      () => {
        const bytes = readFileSync(file());
        bytes.fill(0xa5, 4096, bytes.length);
        writeFileSync(file(), bytes);
      },
    ],
  ])('that %s is put aside, and a new one begun', (_what, damage) => {
    const store = open();
    store.add(oneWatcher(noon));
    store.close();
    damage();
    const before = readFileSync(file());

    const again = open();
    again.add(oneWatcher(noon));
    again.flush();
    expect(again.totalsSince(0)).toEqual({ passersBy: 1, watchers: 1 });
    expect(codes()).toEqual(['+statistics-damaged']);
    const aside = readdirSync(folder).filter((name) => name.startsWith('statistics.damaged-'));
    expect(aside).toEqual([`statistics.damaged-20260506T120300Z.sqlite`]);
    expect(problems[0]?.params).toEqual({ file: aside[0] });
    expect(readFileSync(join(folder, aside[0] ?? ''))).toEqual(before);
  });

  it('found while it is used is put aside as well, and what waits goes into the new one', () => {
    const store = open();
    store.add(oneWatcher(noon));
    store.close();
    const running = open();
    // Another program's write makes the store look at the file again instead of at what it remembers.
    const other = new Database(file());
    other.exec('UPDATE visits SET dwell_ms = dwell_ms + 1');
    other.pragma('wal_checkpoint(TRUNCATE)');
    other.close();
    const bytes = readFileSync(file());
    bytes.fill(0xa5, 100);
    writeFileSync(file(), bytes);
    running.add(oneWatcher(noon));
    running.flush();
    running.flush();
    expect(codes()).toContain('+statistics-damaged');
    expect(running.totalsSince(0).passersBy).toBe(1);
  });
});

describe('a file that cannot be written', () => {
  it('is said once, counting goes on in memory, and it is written when there is room', () => {
    const blocked = join(folder, 'not-a-folder');
    writeFileSync(blocked, '');
    const store = open({ folder: blocked });
    store.add(oneWatcher(noon));
    store.flush();
    store.add(oneWatcher(noon));
    store.flush();
    expect(codes()).toEqual(['+statistics-unwritable']);
    expect(store.totalsSince(0)).toEqual({ passersBy: 2, watchers: 2 });
    expect(store.contents().tables).toEqual([]);

    rmSync(blocked);
    store.flush();
    expect(codes()).toEqual(['+statistics-unwritable', '-statistics-unwritable']);
    expect(existsSync(join(blocked, 'statistics.sqlite'))).toBe(true);
    expect(store.contents().tables[0]?.rows[0]?.[1]).toBe(2);
  });

  it('held by another program is waited for and not put aside', { timeout: 30_000 }, () => {
    const store = open();
    const other = new Database(file());
    other.exec('BEGIN IMMEDIATE');
    store.add(oneWatcher(noon));
    store.flush();
    expect(codes()).toEqual(['+statistics-unwritable']);
    other.exec('COMMIT');
    other.close();
    store.flush();
    expect(codes()).toEqual(['+statistics-unwritable', '-statistics-unwritable']);
    expect(store.totalsSince(0).passersBy).toBe(1);
  });

  it('fills memory only to its bound, and says when it stops counting', () => {
    writeFileSync(join(folder, 'x'), '');
    const store = open({ folder: join(folder, 'x'), mostPendingCells: 20 });
    store.add(oneWatcher(noon));
    store.add(oneWatcher(noon));
    expect(codes()).toEqual(['+statistics-unwritable']);
    store.add(oneWatcher(noon + 3600_000));
    store.add(oneWatcher(noon + 7200_000));
    expect(codes()).toEqual(['+statistics-unwritable', '+statistics-paused']);
    // Cells that are there are still added to.
    store.add(oneWatcher(noon));
    expect(store.totalsSince(bucketStart(noon)).passersBy).toBeGreaterThanOrEqual(3);
    rmSync(join(folder, 'x'));
    store.flush();
    expect(codes().slice(2).sort()).toEqual(['-statistics-paused', '-statistics-unwritable']);
  });

  it('was written by a newer version and is left as it is', () => {
    open().close();
    const database = new Database(file());
    database.exec('PRAGMA user_version = 99');
    database.close();
    const store = open();
    store.add(oneWatcher(noon));
    store.flush();
    expect(codes()).toEqual(['+statistics-unwritable']);
    expect(problems[0]?.detail).toMatch(/update/);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});

describe('a process that is killed while it writes', () => {
  const writer = fileURLToPath(new URL('../../tests/support/store-writer.ts', import.meta.url));

  it('leaves a sound file that holds all it had written', { timeout: 120_000 }, async () => {
    let reported = 0;
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, [writer, folder, String(noon)], { stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      child.stdout.on('data', (text: Buffer) => {
        output += text.toString();
      });
      await vi.waitFor(() => expect(output.split('\n').length).toBeGreaterThan(8 + 7 * round), {
        timeout: 30_000,
        interval: 5,
      });
      const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
      child.kill('SIGKILL');
      expect(await ended).toBe('SIGKILL');
      reported += output.split('\n').filter((line) => /^\d+$/.test(line)).length;
    }

    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
    const store = open();
    expect(problems).toEqual([]);
    const { passersBy } = store.totalsSince(0);
    // Each killed process may have written one more than it could say.
    expect(passersBy).toBeGreaterThanOrEqual(reported);
    expect(passersBy).toBeLessThanOrEqual(reported + 3 * 3);
    store.flush();
    expect(read('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    // One transaction each: no table knows of a person that another does not.
    expect(read('SELECT sum(watchers) AS n FROM watchers_by_age_gender')).toEqual([{ n: passersBy }]);
    expect(read(`SELECT sum(visits) AS n FROM visits_by_duration WHERE measure = 'dwell'`)).toEqual([{ n: passersBy }]);
  });
});
