import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Settings } from '../../contract/settings.ts';
import { ChangingDisplays, canChangeDisplays } from './support/changing-displays.ts';
import { expect, test } from './support/fixtures.ts';
import type { RunningKiosk } from './support/kiosk.ts';
import { addPlaylist, colourSlide, installPlaylist } from './support/signage-files.ts';

const onStage = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLElement>('.layer[data-shown]')?.dataset.item ?? null);

const displaysOf = ({ app }: RunningKiosk) =>
  app.evaluate(({ screen }) => screen.getAllDisplays().map(({ id, bounds }) => ({ id: String(id), bounds })));

/** Where the windows are, the main one first. */
const windowsOf = ({ app }: RunningKiosk) =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .sort((a, b) => a.id - b.id)
      .map((window) => window.getBounds()),
  );

test.skip(!canChangeDisplays(), 'an X server with displays that come and go needs root and Debian’s packages');

test('each display plays its own playlist, and the stage follows when displays are plugged, turned and pulled', async ({
  launch,
  home,
}) => {
  const displays = await ChangingDisplays.start();
  try {
    displays.plug(0, '1280x720');
    displays.makePrimary(0);
    displays.plug(1, '1024x768', '--right-of', 'DUMMY0');
    installPlaylist(home, [{ id: 'red', kind: 'image', file: 'red.svg' }], { 'red.svg': colourSlide('#e00000') });
    addPlaylist(home, 'prices', [{ id: 'green', kind: 'image', file: 'green.svg' }], {
      'green.svg': colourSlide('#00c000'),
    });
    const start = () => launch({ windowed: false, env: { DISPLAY: displays.name } });

    const first = await start();
    const known = await displaysOf(first);
    expect(known).toHaveLength(2);
    expect(await windowsOf(first)).toMatchObject([{ x: 0, y: 0, width: 1280, height: 720 }]);
    const second = known.find(({ bounds }) => bounds.width === 1024)?.id as string;
    await first.quit();

    const file = join(home.data, 'settings.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as Settings;
    settings.signage.screens[second] = 'prices';
    writeFileSync(file, JSON.stringify(settings));

    const kiosk = await start();
    await expect.poll(() => kiosk.app.windows().length).toBe(2);
    const further = kiosk.app.windows().find((page) => page.url().includes('?screen=')) as Page;
    const main = kiosk.app.windows().find((page) => page !== further) as Page;
    await expect.poll(() => onStage(main)).toBe('red');
    await expect.poll(() => onStage(further)).toBe('green');
    expect(await windowsOf(kiosk)).toMatchObject([
      { x: 0, y: 0, width: 1280, height: 720 },
      { x: 1280, y: 0, width: 1024, height: 768 },
    ]);
    if (process.env.VITRINE_LOOK) await further.screenshot({ path: process.env.VITRINE_LOOK });

    // Nothing of the kiosk can be reached from there.
    expect(await further.evaluate(() => window.vitrine.request('displays:list'))).toMatchObject({
      error: { code: 'not-allowed' },
    });

    displays.pull(1);
    await expect.poll(() => kiosk.app.windows().length).toBe(1);
    expect(await onStage(main)).toBe('red');

    displays.plug(1, '1024x768', '--right-of', 'DUMMY0');
    await expect.poll(() => kiosk.app.windows().length).toBe(2);

    displays.pull(1);
    displays.plug(0, '720x1280');
    await expect.poll(() => windowsOf(kiosk)).toMatchObject([{ x: 0, y: 0, width: 720, height: 1280 }]);
    expect(await onStage(main)).toBe('red');

    // The main display is pulled: the main stage goes to the one that is left, which plays no longer for itself.
    displays.plug(1, '1024x768', '--right-of', 'DUMMY0');
    await expect.poll(() => kiosk.app.windows().length).toBe(2);
    displays.makePrimary(1);
    displays.pull(0);
    await expect.poll(() => windowsOf(kiosk)).toMatchObject([{ width: 1024, height: 768 }]);
    expect(await onStage(main)).toBe('red');
    await kiosk.quit();
  } finally {
    displays.end();
  }
});
