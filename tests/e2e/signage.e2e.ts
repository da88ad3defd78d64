import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { audienceRuleSchema } from '../../contract/signage-rules.ts';
import { scheduleSchema } from '../../contract/signage-schedule.ts';
import { paint, pngOf } from '../support/make-media.ts';
import { expect, test } from './support/fixtures.ts';
import { crashPage, isOnPage } from './support/replaced-page.ts';
import { choosePin } from './support/set-up.ts';
import { colourSlide, installPlaylist, mediaFolder, writeFilm } from './support/signage-files.ts';

/** Keeps what comes on screen, and whether any painted frame had no item on it after the first one. */
async function watchStage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: { item: string; atMs: number }[] = [];
    const gaps: number[] = [];
    Object.assign(window, { seen, gaps });
    const look = (): void => {
      const layers = [...document.querySelectorAll<HTMLElement>('.layer[data-shown]')];
      const top = layers.sort((a, b) => Number(b.style.zIndex) - Number(a.style.zIndex))[0]?.dataset.item ?? null;
      if (top !== null && seen.at(-1)?.item !== top) seen.push({ item: top, atMs: performance.now() });
      if (top === null && seen.length > 0) gaps.push(performance.now());
      requestAnimationFrame(look);
    };
    look();
  });
}

const seenBy = (page: Page) =>
  page.evaluate(() => (window as unknown as { seen: { item: string; atMs: number }[] }).seen);
const gapsOf = (page: Page) => page.evaluate(() => (window as unknown as { gaps: number[] }).gaps);

/** @returns the colour in the middle of the window, as red, green and blue */
async function colourOf(page: Page): Promise<readonly number[]> {
  const picture = await page.screenshot();
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    return [...(context?.getImageData(image.width / 2, image.height / 2, 1, 1).data ?? [])].slice(0, 3);
  }, picture.toString('base64'));
}

test('items play in their order and for their time, without a gap; broken ones are skipped and said', async ({
  launch,
  home,
}) => {
  await writeFilm(join(mediaFolder(home), 'film.mp4'), 2, [0, 0, 220]);
  installPlaylist(
    home,
    [
      { id: 'red', kind: 'image', file: 'red.svg', durationMs: 2000 },
      { id: 'gone', kind: 'image', file: 'gone.png', durationMs: 2000 },
      { id: 'broken', kind: 'video', file: 'broken.mp4' },
      { id: 'film', kind: 'video', file: 'film.mp4' },
      { id: 'page', kind: 'html', folder: 'page', durationMs: 2000 },
    ],
    {
      'red.svg': colourSlide('#e00000'),
      'broken.mp4': 'this is no film',
      'page/index.html':
        '<!doctype html><style>body{margin:0;background:#00c000}</style><script>fetch("https://example.com").catch(() => 0)</script>',
    },
  );
  const kiosk = await launch();
  const { page } = kiosk;
  await watchStage(page);
  await expect.poll(async () => (await seenBy(page)).map(({ item }) => item), { timeout: 40_000 }).toContain('page');
  expect((await colourOf(page))[1]).toBeGreaterThan(150);
  await expect.poll(async () => (await seenBy(page)).length, { timeout: 40_000 }).toBeGreaterThanOrEqual(7);
  const seen = await seenBy(page);
  const order = seen.map(({ item }) => item);
  // Whatever was on when the look began, the round goes on from there.
  const round = ['red', 'film', 'page'];
  const first = round.indexOf(order[0] ?? '');
  expect(first).toBeGreaterThanOrEqual(0);
  expect(order).toEqual(order.map((_, i) => round[(first + i) % 3]));
  const times = seen.slice(1, -1).map(({ atMs }, i) => (seen[i + 2]?.atMs ?? 0) - atMs);
  for (const ms of times) expect(ms).toBeGreaterThan(1500);
  expect(await gapsOf(page)).toEqual([]);
  await expect(page.getByText('Something needs the operator’s attention')).toBeAttached();
  expect(home.log()).toContain('“broken” in the playlist “Window” cannot be shown');
  expect(home.log()).toContain('“gone” in the playlist “Window” cannot be shown');
  await choosePin(page);
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText('cannot be shown and is skipped');
  await kiosk.quit();

  // Proof of play.
  const file = new Database(join(home.data, 'statistics.sqlite'), { readonly: true });
  const plays = file
    .prepare('SELECT item, sum(plays) AS plays, min(reason) AS reason, max(shown_ms) AS shown FROM plays GROUP BY item')
    .all() as { item: string; plays: number; reason: string; shown: number }[];
  const completed = file.prepare('SELECT count(*) FROM plays WHERE completed = 1').pluck().get();
  file.close();
  expect(plays.map(({ item }) => item).sort()).toEqual(['film', 'page', 'red']);
  for (const { plays: count, reason, shown } of plays) {
    expect(count).toBeGreaterThanOrEqual(2);
    expect(reason).toBe('schedule');
    expect(shown).toBeGreaterThan(1500);
  }
  expect(Number(completed)).toBeGreaterThanOrEqual(5);
});

test('the schedule changes what plays at its minute, in the time zone that is set', async ({ launch, home }) => {
  // A zone in which it is about noon, so that no test is ever run at midnight. `Etc/GMT-3` is three hours ahead of UTC.
  const now = new Date();
  const ahead = 12 - now.getUTCHours();
  const timeZone = `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  // The next full minute that the start of the application does not take up.
  const changeMs = Math.ceil((now.getTime() + 25_000) / 60_000) * 60_000;
  const minutes = new Date(changeMs + ahead * 3_600_000).toISOString().slice(11, 16);
  const due = (fromTime: string, toTime: string) =>
    scheduleSchema.parse({
      windows: [
        { fromTime, toTime },
        { fromDate: '2000-01-01', toDate: '2000-01-31' },
      ],
    });
  installPlaylist(
    home,
    [
      { id: 'before', kind: 'image', file: 'before.svg', durationMs: 600_000, schedule: due('00:00', minutes) },
      { id: 'after', kind: 'image', file: 'after.svg', durationMs: 600_000, schedule: due(minutes, '23:59') },
    ],
    { 'before.svg': colourSlide('#e00000'), 'after.svg': colourSlide('#00c000') },
    { timeZone },
  );
  const { page } = await launch();
  const shown = () => page.evaluate(() => document.querySelector<HTMLElement>('.layer[data-shown]')?.dataset.item);
  await expect.poll(shown).toBe('before');
  const stillBefore = changeMs - 2_000 - Date.now();
  await page.waitForTimeout(Math.max(0, stillBefore));
  expect(await shown()).toBe('before');
  await expect.poll(shown, { timeout: 60_000 }).toBe('after');
  expect(Date.now()).toBeGreaterThanOrEqual(changeMs);
});

test('a rule cuts in when people of the reel arrive, and not before', async ({ launch, home }) => {
  installPlaylist(
    home,
    [
      { id: 'calm', kind: 'image', file: 'calm.svg', durationMs: 60_000 },
      {
        id: 'crowd',
        kind: 'image',
        file: 'crowd.svg',
        durationMs: 20_000,
        audience: audienceRuleSchema.parse({
          when: {
            kind: 'group',
            match: 'all',
            conditions: [
              {
                kind: 'count',
                of: 'passers-by',
                compare: 'at-least',
                count: 2,
                window: { overMs: 1000, how: 'hold' },
              },
            ],
          },
          holdMs: 500,
        }),
      },
    ],
    { 'calm.svg': colourSlide('#404040'), 'crowd.svg': colourSlide('#c0a000') },
  );
  const { page } = await launch();
  // Every result with two or more people in view, by the page's clock.
  await page.evaluate(() => {
    const kiosk = window as unknown as {
      vitrine: { on(name: string, listener: (result: { faces: unknown[] }) => void): void };
      crowdAtMs?: number;
    };
    kiosk.vitrine.on('frame-result', ({ faces }) => {
      if (faces.length >= 2) kiosk.crowdAtMs ??= performance.now();
    });
  });
  await watchStage(page);
  await expect.poll(async () => (await seenBy(page)).map(({ item }) => item), { timeout: 60_000 }).toContain('crowd');
  const cutIn = (await seenBy(page)).find(({ item }) => item === 'crowd')?.atMs ?? 0;
  const crowd = await page.evaluate(() => (window as unknown as { crowdAtMs?: number }).crowdAtMs ?? Infinity);
  expect(cutIn).toBeGreaterThan(crowd + 1000);
});

test('a page that crashes in the middle of a play is replaced, and the play goes on', async ({ launch, home }) => {
  installPlaylist(home, [{ id: 'long', kind: 'image', file: 'long.svg', durationMs: 600_000 }], {
    'long.svg': colourSlide('#0060c0'),
  });
  const kiosk = await launch();
  const { app, page } = kiosk;
  await expect(page.locator('.layer[data-item="long"][data-shown]')).toBeAttached({ timeout: 20_000 });
  await crashPage(app);
  const shown = '.layer[data-item="long"][data-shown]';
  await expect.poll(() => isOnPage(app, shown), { timeout: 30_000 }).toBe(true);
  await kiosk.quit();
  // One play all the time: the page that came after the crash went on with it.
  const file = new Database(join(home.data, 'statistics.sqlite'), { readonly: true });
  expect(file.prepare("SELECT sum(plays) FROM plays WHERE item = 'long'").pluck().get()).toBe(1);
  file.close();
});

test('the pixels of pictures that have been shown do not pile up', async ({ launch, home }) => {
  // 14.7 MB each when decoded; Chromium by itself keeps those of every play.
  const [width, height] = [2560, 1440];
  const picture = (red: number) =>
    pngOf(
      paint(width, height, () => [red, 80, 120]),
      width,
      height,
    );
  installPlaylist(
    home,
    ['one', 'two'].map((id) => ({ id, kind: 'image', file: `${id}.png`, durationMs: 1000 })),
    { 'one.png': picture(20), 'two.png': picture(200) },
  );
  const { app, page } = await launch();
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId());
  const sharedMb = () => Number(/RssShmem:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  await watchStage(page);
  const before = sharedMb();
  await expect.poll(async () => (await seenBy(page)).length, { timeout: 90_000 }).toBeGreaterThanOrEqual(32);
  // Thirty of them would be 440 MB. Let go of at 64 MB, though not more often than every ten seconds.
  expect(sharedMb() - before).toBeLessThan(280);
  expect(await gapsOf(page)).toEqual([]);
});

test('the live view stands in its corner, the notice comes, and set-up opens above', async ({ launch, home }) => {
  installPlaylist(
    home,
    [{ id: 'slide', kind: 'image', file: 'slide.svg', durationMs: 600_000 }],
    { 'slide.svg': colourSlide('#703090') },
    {
      liveView: { place: 'corner', corner: 'bottom-right' },
      notice: { show: 'interval', everyMinutes: 1, forSeconds: 20 },
    },
  );
  const { page } = await launch();
  const live = page.getByRole('region', { name: 'What the camera sees' });
  await expect(live.locator('canvas.shown')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('complementary', { name: /This screen counts/ })).toBeVisible({ timeout: 15_000 });
  if (process.env.VITRINE_LOOK) await page.screenshot({ path: process.env.VITRINE_LOOK });
  await page.getByRole('button', { name: 'Open set-up' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Choose a PIN' })).toBeVisible();
});
