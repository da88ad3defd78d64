import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { foldPlay } from '../../main/signage/proof-of-play.ts';
import { seedStatistics } from '../support/seeded-statistics.ts';
import { faults } from './support/axe.ts';
import { answerSaveDialog } from './support/dialogs.ts';
import { expect, test } from './support/fixtures.ts';
import { choosePin } from './support/set-up.ts';

const dayMs = 86_400_000;
const windowPlay = {
  screen: 'main',
  playlist: 'window',
  item: 'spring',
  reason: 'schedule',
  shownMs: 12_345,
  completed: true,
  hasRules: false,
  audience: { passersBy: 5, watchers: 2, people: 2, attentionMs: 3_000 },
} as const;

test('Insights shows, exports, prints and deletes what was counted', async ({ launch, home }) => {
  test.setTimeout(240_000);
  seedStatistics({
    folder: home.data,
    days: 40,
    visitsPerDay: 400,
    nowMs: Date.now(),
    more: (startMs) => foldPlay({ ...windowPlay, startedAtMs: startMs + dayMs / 2 + 99 }),
  });
  const kiosk = await launch();
  const { app, page } = kiosk;
  await choosePin(page);
  await page
    .getByRole('navigation', { name: 'Pages behind the PIN' })
    .getByRole('button', { name: 'Insights' })
    .click();
  await expect(page.getByRole('heading', { name: 'Insights', exact: true })).toBeVisible();

  // The same sums, made without any code of the application.
  const file = new Database(join(home.data, 'statistics.sqlite'), { readonly: true });
  const today = Math.floor(Date.now() / dayMs);
  const sums = file
    .prepare(
      'SELECT sum(passers_by) AS passers, sum(watchers) AS watchers FROM published_days WHERE from_day >= ? AND to_day < ?',
    )
    .get(today - 28, today) as { passers: number; watchers: number };
  file.close();
  expect(sums.passers).toBeGreaterThan(5000);
  const cards = page.getByRole('list', { name: 'Headline figures' }).getByRole('listitem');
  await expect(cards.filter({ hasText: 'Passers-by' }).first()).toContainText(sums.passers.toLocaleString('en-GB'));
  await expect(cards.filter({ hasText: 'Watchers' }).first()).toContainText(sums.watchers.toLocaleString('en-GB'));
  expect.soft(await faults(page)).toEqual([]);

  if (process.env.VITRINE_LOOK) await page.screenshot({ path: process.env.VITRINE_LOOK });
  const csv = join(home.folder, 'out.csv');
  await answerSaveDialog(app, csv);
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  await expect(page.getByText(/^Saved: out\.csv/)).toBeVisible();
  const [header, ...lines] = readFileSync(csv, 'utf8').trim().split('\n');
  expect(header).toBe('table,from_day,to_day,group,subgroup,measure,value,low,high,hidden_in');
  const days = lines.filter((line) => /^days,.*,passers_by,/.test(line)).map((line) => Number(line.split(',')[6]));
  expect(days.reduce((sum, people) => sum + people, 0)).toBe(sums.passers);
  const metadata = JSON.parse(readFileSync(join(home.folder, 'out.metadata.json'), 'utf8'));
  expect(metadata).toMatchObject({ product: 'Vitrine', smallestCell: 11, watcherMs: 500 });

  const plays = join(home.folder, 'plays.csv');
  await answerSaveDialog(app, plays);
  await page.getByRole('button', { name: 'Proof of play as CSV' }).click();
  await expect(page.getByText(/^Saved: plays\.csv/)).toBeVisible();
  const single = readFileSync(plays, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('play,'));
  expect(single).toHaveLength(28);
  expect(single[0]).toMatch(/T12:00:00\.099Z,.*T12:00:12\.444Z,.*,main,window,spring,spring,schedule,1,1,12345,,$/);

  const pdf = join(home.folder, 'report.pdf');
  await answerSaveDialog(app, pdf);
  await page.getByRole('button', { name: 'Report (PDF)' }).click();
  await expect(page.getByText('Saved: report.pdf')).toBeVisible();
  const printed = readFileSync(pdf, 'latin1');
  expect(printed.startsWith('%PDF-')).toBe(true);
  expect(printed.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  expect(statSync(pdf).size).toBeGreaterThan(20_000);

  // Everything is deleted on demand, which is recorded with what was done before.
  await page.getByRole('button', { name: 'Set-up' }).click();
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Privacy' }).click();
  await page.getByRole('button', { name: 'Counting only' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('button', { name: 'Delete all figures' }).click();
  await expect(page.getByRole('button', { name: 'Delete everything' })).toBeDisabled();
  await page.getByLabel('Type DELETE to confirm').fill('DELETE');
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByText('Everything that was counted has been deleted.')).toBeVisible();
  const log = page.getByRole('region', { name: 'Audit log' }).getByRole('row');
  await expect(log.nth(1)).toContainText('All figures deleted');
  await expect(log.filter({ hasText: 'Settings changed' })).toContainText('statistics.counted.age: true → false');
  await expect(log.filter({ hasText: 'Figures exported' })).toContainText('csv');
  await expect(log.filter({ hasText: 'Plays exported' })).toContainText('csv');
  await expect(log.filter({ hasText: 'Privacy preset applied' })).toContainText('counting-only');
  await expect(log.filter({ hasText: 'PIN changed' })).toHaveCount(1);
  const auditLog = join(home.folder, 'audit.csv');
  await answerSaveDialog(app, auditLog);
  await page.getByRole('button', { name: 'Export the log (CSV)' }).click();
  await expect(page.getByText('Saved: audit.csv')).toBeVisible();
  await expect(log.nth(1)).toContainText('Audit log exported');
  const noted = readFileSync(auditLog, 'utf8').trim().split('\n').slice(1);
  expect(noted.map((line) => line.split(',')[2])).toEqual([
    'statistics-deleted',
    'preset-applied',
    'settings-changed',
    'report-printed',
    'plays-exported',
    'exported',
    'pin-changed',
  ]);
  await kiosk.quit();
  const left = new Database(join(home.data, 'statistics.sqlite'), { readonly: true });
  expect(left.prepare('SELECT count(*) FROM published_cells').pluck().get()).toBe(0);
  expect(Number(left.prepare('SELECT coalesce(sum(passers_by), 0) FROM visits').pluck().get())).toBeLessThan(50);
  left.close();
});
