import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from './support/fixtures.ts';
import type { KioskHome } from './support/kiosk.ts';
import { collectResults, snapshotOf, watchUntil } from './support/page-results.ts';

const quarterMs = 15 * 60_000;
/** By then two of the first three people of the reel have left (resources/demo/reel.json). */
const someHaveLeftMs = 24_000;
/** Counters are written at least this often. */
const writtenEveryMs = 10_000;
const longestWatchMs = 200_000;

interface Stored {
  readonly check: string;
  readonly buckets: readonly number[];
  readonly passersBy: number;
  readonly watchers: number;
  readonly byAgeAndGender: number;
  readonly attributes: readonly string[];
}

/** The counters in the file, as any program would read them. */
function stored(home: KioskHome): Stored {
  const database = new Database(join(home.data, 'statistics.sqlite'));
  const one = (sql: string): number => Number(database.prepare(sql).pluck().get() ?? 0);
  const result = {
    check: String(database.pragma('quick_check', { simple: true })),
    buckets: database.prepare('select bucket_start from visits').pluck().all() as number[],
    passersBy: one('select sum(passers_by) from visits'),
    watchers: one('select sum(watchers) from visits'),
    byAgeAndGender: one('select sum(watchers) from watchers_by_age_gender'),
    attributes: database.prepare('select distinct attribute from watchers_by_attribute').pluck().all() as string[],
  };
  database.close();
  return result;
}

test('after quitting, the file holds the counters that the screen showed', async ({ launch, home }) => {
  test.setTimeout(300_000);
  const kiosk = await launch();
  await collectResults(kiosk.page);
  await watchUntil(kiosk.page, someHaveLeftMs, longestWatchMs);
  const { counters } = await snapshotOf(kiosk.page);
  expect(counters.passersByToday).toBeGreaterThanOrEqual(1);
  await kiosk.quit();

  const file = stored(home);
  expect(file.check).toBe('ok');
  expect(file.buckets.length).toBeGreaterThan(0);
  for (const start of file.buckets) expect(start % quarterMs === 0 || start % (quarterMs / 1000) === 0).toBe(true);
  // Who was in view when it ended is counted too, so the file can only hold more than the screen said a moment before.
  expect(file.passersBy).toBeGreaterThanOrEqual(counters.passersByToday);
  expect(file.passersBy).toBeLessThan(counters.passersByToday + 6);
  expect(file.watchers).toBeGreaterThan(0);
  expect(file.watchers).toBeLessThanOrEqual(file.passersBy);
  expect(file.byAgeAndGender).toBe(file.watchers);
  expect(file.attributes).toContain('glasses');
  expect(file.attributes).not.toContain('expression');
});

test('kill -9 loses no more than the last seconds, and never the file', async ({ launch, home }) => {
  test.setTimeout(300_000);
  const kiosk = await launch();
  await collectResults(kiosk.page);
  await watchUntil(kiosk.page, someHaveLeftMs, longestWatchMs);
  const { counters, problems } = await snapshotOf(kiosk.page);
  expect(problems.map(({ code }) => code)).not.toContain('statistics-unwritable');
  const goneByNow = counters.passersByToday - counters.inView;
  expect(goneByNow).toBeGreaterThanOrEqual(1);
  await new Promise((resolve) => setTimeout(resolve, writtenEveryMs + 3_000));
  await kiosk.kill();

  const file = stored(home);
  expect(file.check).toBe('ok');
  expect(file.passersBy).toBeGreaterThanOrEqual(goneByNow);

  const again = await launch();
  await expect(again.page.getByRole('list', { name: 'Faces in view' }).getByRole('listitem').first()).toBeVisible();
  expect((await snapshotOf(again.page)).problems.map(({ code }) => code)).not.toContain('statistics-damaged');
});
