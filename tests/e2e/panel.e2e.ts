import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { panelHoursSchema } from '../../contract/panel.ts';
import { weekdays } from '../../contract/signage-schedule.ts';
import { faults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import type { KioskHome } from './support/kiosk.ts';
import { saveSettings, snapshotOf } from './support/page-results.ts';
import { choosePin, pin, typePin } from './support/set-up.ts';
import { colourSlide, installPlaylist } from './support/signage-files.ts';

/** A display with power saving, which the virtual one lacks: an `xset` that does as it is told and remembers it. */
class FakeXset {
  readonly #folder: string;

  constructor(home: KioskHome) {
    this.#folder = join(home.folder, 'bin');
    mkdirSync(this.#folder);
    const program = join(this.#folder, 'xset');
    writeFileSync(
      program,
      `#!/bin/sh
cd "${this.#folder}" || exit 1
if [ "$1" = q ]; then
  grep -q off state && echo '  Monitor is Off' || echo '  Monitor is On'
elif [ "$1 $2" = 'dpms force' ]; then
  echo "$3" > state; echo "$3" >> calls
fi
`,
    );
    writeFileSync(join(this.#folder, 'state'), 'on');
    chmodSync(program, 0o755);
  }

  get environment(): Record<string, string> {
    return { PATH: `${this.#folder}:${process.env.PATH ?? ''}` };
  }

  /** How often it has been told so, in order. */
  get calls(): readonly string[] {
    const file = join(this.#folder, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }
}

/** Every day from midnight, or to midnight, in a zone in which it is about noon; so no test is run at midnight. */
function hours(fromTime: string, toTime: string) {
  return panelHoursSchema.parse({ byTime: true, days: weekdays.map(() => ({ fromTime, toTime })) });
}

function zoneAtNoon(): { readonly timeZone: string; readonly timeOf: (epochMs: number) => string } {
  const ahead = 12 - new Date().getUTCHours();
  return {
    timeZone: `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`,
    timeOf: (epochMs) => new Date(epochMs + ahead * 3_600_000).toISOString().slice(11, 16),
  };
}

test('at its minute the panel goes off: nothing plays, nobody is watched, and only the PIN brings set-up', async ({
  launch,
  home,
}) => {
  test.setTimeout(240_000);
  const { timeZone, timeOf } = zoneAtNoon();
  // The next full minute that the start of the application and the PIN do not take up.
  const offMs = Math.ceil((Date.now() + 40_000) / 60_000) * 60_000;
  installPlaylist(
    home,
    [{ id: 'slide', kind: 'image', file: 'slide.svg', durationMs: 2_000 }],
    { 'slide.svg': colourSlide('#00c000') },
    { timeZone },
  );
  const xset = new FakeXset(home);
  const kiosk = await launch({ windowed: false, env: { ...xset.environment, WAYLAND_DISPLAY: '' } });
  const { app, page } = kiosk;
  await choosePin(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('main', { name: 'Content of this screen' })).toBeVisible();
  const { settings } = await snapshotOf(page);
  const unlock = await page.evaluate(
    (digits) => (window as unknown as { vitrine: Bridge }).vitrine.request('operator:unlock', { pin: digits }),
    pin,
  );
  expect(unlock).toMatchObject({ ok: true, value: true });
  await saveSettings(page, { display: { ...settings.display, panel: hours('00:00', timeOf(offMs)) } });
  await page.evaluate(() => (window as unknown as { vitrine: Bridge }).vitrine.request('operator:lock'));
  const black = page.getByRole('main', { name: 'The screen is off at this time' });
  await page.waitForTimeout(Math.max(0, offMs - 2_000 - Date.now()));
  await expect(black).toBeHidden();
  expect(xset.calls).not.toContain('off');
  await expect(black).toBeVisible({ timeout: 20_000 });
  expect(Date.now()).toBeGreaterThanOrEqual(offMs);

  // Black from edge to edge, and the camera closed. Nobody touches it now, so the display goes off.
  await expect.poll(async () => (await snapshotOf(page)).source.status).toBe('closed');
  expect(await page.locator('.layer, canvas, video').count()).toBe(0);
  const shot = await page.screenshot({ animations: 'disabled' });
  expect(await brightest(page, shot)).toBe(0);
  await expect.poll(() => xset.calls, { timeout: 90_000 }).toContain('off');
  expect(await heldAwake(app)).toEqual([false, true]);
  // What played before is in the file within ten seconds.
  await page.waitForTimeout(12_000);
  const plays = playsIn(home);

  // Longer than the watchdog for a dead page would wait: black is not dead.
  await page.waitForTimeout(15_000);
  expect(home.log()).not.toContain('The page did not work');
  expect(playsIn(home)).toBe(plays);

  // A key lights the panel, and the way in is the PIN as ever.
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.sendInputEvent({
      type: 'keyDown',
      keyCode: 'S',
      modifiers: ['control', 'alt'],
    }),
  );
  await expect(page.getByText('Give the PIN to go on.')).toBeVisible();
  await expect.poll(() => xset.calls.at(-1)).toBe('on');
  await typePin(page, pin);
  await expect(page.getByRole('heading', { name: 'Set-up', exact: true })).toBeVisible();
  // The operator sees what the camera sees; it counts for nothing.
  await expect.poll(async () => (await snapshotOf(page)).source.status, { timeout: 20_000 }).toBe('running');
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Display' }).click();
  await expect(page.getByLabel('Monday, to')).toHaveValue(timeOf(offMs));
  expect.soft(await faults(page)).toEqual([]);
  if (process.env.VITRINE_LOOK) await page.screenshot({ path: process.env.VITRINE_LOOK });
  await page.getByLabel('Switch the screen off outside opening hours').uncheck();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('main', { name: 'Content of this screen' })).toBeVisible();
  await expect(page.locator('.layer[data-item="slide"][data-shown]')).toBeAttached({ timeout: 20_000 });
  await kiosk.quit();
  expect(playsIn(home)).toBeGreaterThan(plays);
  expect(home.log().match(/Nothing on this machine can switch the panel off/g)).toBe(null);
});

test('started while it is off, it opens no camera, is black where nothing can switch the panel, and says so once', async ({
  launch,
  home,
}) => {
  const { timeZone, timeOf } = zoneAtNoon();
  // A minute around midnight, which is far away.
  expect(timeOf(Date.now()).startsWith('12') || timeOf(Date.now()).startsWith('13')).toBe(true);
  installPlaylist(
    home,
    [{ id: 'slide', kind: 'image', file: 'slide.svg', durationMs: 2_000 }],
    { 'slide.svg': colourSlide('#00c000') },
    { timeZone },
  );
  const file = JSON.parse(readFileSync(join(home.data, 'settings.json'), 'utf8'));
  file.display.panel = hours('00:00', '00:01');
  home.writeData('settings.json', JSON.stringify(file));
  const kiosk = await launch({ windowed: false });
  const { page } = kiosk;
  await expect(page.getByRole('main', { name: 'The screen is off at this time' })).toBeVisible();
  const said = /Nothing on this machine can switch the panel off/g;
  await expect.poll(() => home.log().match(said)?.length ?? 0, { timeout: 20_000 }).toBe(1);
  expect((await snapshotOf(page)).source.status).toBe('closed');
  // A finger that rests in the upper right corner.
  const width = await page.evaluate(() => window.innerWidth);
  await page.mouse.move(width - 5, 5);
  await page.mouse.down();
  await expect(page.getByRole('heading', { name: 'Choose a PIN' })).toBeVisible({ timeout: 15_000 });
  await page.mouse.up();
  await kiosk.quit();
  expect(playsIn(home)).toBe(0);
  expect(home.log()).not.toContain('Source reel.mp4: running');
  expect(home.log().match(said)).toHaveLength(1);
});

interface Bridge {
  request(channel: string, argument?: unknown): Promise<unknown>;
}

/** Whether the display, and then the machine alone, is kept from sleeping: the first blocker, and the one that took its place. */
function heldAwake(app: ElectronApplication): Promise<boolean[]> {
  return app.evaluate(({ powerSaveBlocker }) => {
    const held = Array.from({ length: 20 }, (_, id) => powerSaveBlocker.isStarted(id));
    const last = held.lastIndexOf(true);
    return [held.slice(0, last).includes(true), held[last] === true];
  });
}

/** @returns the brightest value of any pixel, 0..255 */
function brightest(page: Page, picture: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const pixels = context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
    let most = 0;
    for (let i = 0; i < pixels.length; i++) if (i % 4 !== 3) most = Math.max(most, pixels[i] ?? 0);
    return most;
  }, picture.toString('base64'));
}

function playsIn(home: KioskHome): number {
  const file = join(home.data, 'statistics.sqlite');
  const database = new Database(file, { readonly: true });
  const plays = Number(database.prepare('SELECT coalesce(sum(plays), 0) FROM plays').pluck().get());
  database.close();
  return plays;
}
