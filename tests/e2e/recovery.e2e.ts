import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { faults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { collectedResults, collectResults, snapshotOf } from './support/page-results.ts';
import { crashPage, isOnPage } from './support/replaced-page.ts';
import { choosePin } from './support/set-up.ts';

test('the engine is killed and comes back', async ({ launch }) => {
  const kiosk = await launch();
  await collectResults(kiosk.page);
  await expect.poll(async () => (await collectedResults(kiosk.page)).length, { timeout: 60_000 }).toBeGreaterThan(5);
  const before = kiosk.enginePid();
  const picture = kiosk.page.locator('.stage canvas.shown');
  await expect(picture).toHaveCount(1);

  process.kill(before, 'SIGKILL');
  await expect.poll(() => alive(before)).toBe(false);
  // Whom it saw last does not stay on the wall until another engine sees somebody.
  await expect(picture).toHaveCount(0);
  await expect(kiosk.page.getByRole('list', { name: 'Faces in view' }).getByRole('listitem')).toHaveCount(0);
  const arrived = (await collectedResults(kiosk.page)).length;
  await expect
    .poll(
      () => {
        try {
          return kiosk.enginePid() !== before;
        } catch {
          return false;
        }
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  await expect
    .poll(async () => (await collectedResults(kiosk.page)).length, { timeout: 60_000 })
    .toBeGreaterThan(arrived + 5);
  // The message about it goes by itself once all is well.
  await expect
    .poll(async () => (await snapshotOf(kiosk.page)).problems.map(({ code }) => code), { timeout: 60_000 })
    .not.toContain('engine-restarting');
  await expect(picture).toHaveCount(1);
});

test('the page crashes and is loaded again', async ({ launch }) => {
  const kiosk = await launch();
  await crashPage(kiosk.app);
  await expect.poll(() => isOnPage(kiosk.app, 'main'), { timeout: 60_000 }).toBe(true);
});

test('damaged settings are put aside, defaults are used, and that is said', async ({ launch, home }) => {
  home.writeData('settings.json', '{"version":1,"source":{"kind":"vid');
  const kiosk = await launch();
  const messages = kiosk.page.getByRole('status', { name: 'Messages' });
  await expect(messages).toContainText('settings file was damaged');
  const { settings } = await snapshotOf(kiosk.page);
  expect(settings.source).toEqual({ kind: 'demo' });
  const kept = home.dataFiles().filter((name) => name.startsWith('settings') && name !== 'settings.json');
  expect(kept).toHaveLength(1);
  // Set-up says it too, and there it can be waved away where the live view is not shown.
  await choosePin(kiosk.page);
  await expect(messages).toContainText('settings file was damaged');
  expect(await faults(kiosk.page)).toEqual([]);
  await messages.getByRole('button', { name: 'Dismiss' }).click();
  await expect(messages).toHaveCount(0);
});

test('a damaged statistics file is put aside with its time, a new one is begun, and that is said', async ({
  launch,
  home,
}) => {
  const first = await launch();
  await collectResults(first.page);
  await expect.poll(async () => (await collectedResults(first.page)).length, { timeout: 60_000 }).toBeGreaterThan(5);
  await first.quit();
  const file = home.dataFiles().find((name) => name.endsWith('.sqlite'));
  expect(file).toBeDefined();
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(join(home.data, `${file}${suffix}`))) home.writeData(`${file}${suffix}`, '');
  }
  home.writeData(`${file}`, 'SQLite format 3\0 and then nothing that makes sense '.repeat(300));

  const second = await launch();
  await expect(second.page.getByRole('status', { name: 'Messages' })).toContainText('statistics file was damaged');
  const kept = home.dataFiles().filter((name) => name.startsWith('statistics') && /\d{8}|\d{4}-\d{2}/.test(name));
  expect(kept.length).toBeGreaterThanOrEqual(1);
  await second.quit();
  expect(home.dataFiles()).toContain(file);
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
