import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../contract/settings.ts';
import { seedStatistics } from '../../tests/support/seeded-statistics.ts';
import { Connection } from './connection.ts';
import { Maintenance, rulesOf } from './maintenance.ts';
import { statisticsFileName } from './statistics-file.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const now = Date.UTC(2026, 10, 26, 12);

describe('a clock that is behind what is published', () => {
  let folder: string;
  let connection: Connection;
  let elapsedMs: number;
  let maintenance: Maintenance;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-maintenance-'));
    seedStatistics({ folder, days: 10, visitsPerDay: 100, nowMs: now });
    connection = new Connection(join(folder, statisticsFileName), process.env.VITRINE_SQLITE_BINDING);
    elapsedMs = 0;
    const rules = rulesOf(settingsSchema.parse({}).statistics, 'UTC');
    maintenance = new Maintenance(
      () => rules,
      () => elapsedMs,
    );
  });
  afterEach(() => {
    connection.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const published = () => connection.all('SELECT * FROM published_days ORDER BY from_day');
  const cells = () => Number(connection.one('SELECT count(*) AS n FROM published_cells')?.n);

  it('changes nothing while it may be put right, as after a start with an empty battery', () => {
    const before = published();
    const cellsBefore = cells();
    expect(before).toHaveLength(10);
    for (let minute = 0; minute < 59; minute++) {
      maintenance.step(connection, Date.UTC(2020, 0, 1) + minute * 60_000);
      elapsedMs += 60_000;
    }
    maintenance.step(connection, now + hourMs);
    expect(published()).toEqual(before);
    expect(cells()).toBe(cellsBefore);
  });

  it('is believed in the end: a day that is not over is published again when it is', () => {
    const before = published();
    // The seventh day was taken to be over while the clock was ahead; it is eight in the morning there.
    const morning = Number(before[6]?.start_ms) + 8 * hourMs;
    for (let minute = 0; minute <= 61; minute++) {
      maintenance.step(connection, morning + minute * 60_000);
      elapsedMs += 60_000;
    }
    expect(published()).toEqual(before.slice(0, 6));
    for (let minute = 0; minute < 30; minute++) maintenance.step(connection, morning + dayMs + minute * 60_000);
    expect(published()).toEqual(before.slice(0, 7));
  });
});
