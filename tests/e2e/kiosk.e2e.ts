import type { ElectronApplication } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { isOnPage } from './support/replaced-page.ts';
import { choosePin, openSetup, pin, typePin } from './support/set-up.ts';

interface WindowFacts {
  readonly windows: number;
  readonly url: string;
  readonly kiosk: boolean;
  readonly zoom: number;
  readonly devTools: boolean;
}

function factsOf(app: ElectronApplication): Promise<WindowFacts> {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return {
      windows: BrowserWindow.getAllWindows().length,
      url: window?.webContents.getURL() ?? '',
      kiosk: window?.isKiosk() ?? false,
      zoom: window?.webContents.getZoomFactor() ?? 0,
      devTools: window?.webContents.isDevToolsOpened() ?? false,
    };
  });
}

test('a passer-by cannot leave the kiosk', async ({ launch }) => {
  const { app, page } = await launch({ windowed: false });
  await expect(page.getByRole('main', { name: 'Live view' })).toBeVisible();
  const cursor = await page.evaluate(() => getComputedStyle(document.querySelector('main') ?? document.body).cursor);
  expect(cursor).toBe('none');
  const before = await factsOf(app);
  expect(before).toMatchObject({ windows: 1, kiosk: true, zoom: 1 });

  // As a keyboard sends them, past the page, so that Electron's own shortcuts would see them.
  await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const shortcuts: [string, ('control' | 'shift' | 'alt')[]][] = [
      ['F5', []],
      ['F11', []],
      ['R', ['control']],
      ['W', ['control']],
      ['N', ['control']],
      ['P', ['control']],
      ['S', ['control']],
      ['Q', ['control']],
      ['F4', ['alt']],
      ['Left', ['alt']],
      ['Plus', ['control']],
      ['-', ['control']],
      ['Escape', []],
    ];
    for (const [keyCode, modifiers] of shortcuts) {
      contents?.sendInputEvent({ type: 'keyDown', keyCode, modifiers });
      contents?.sendInputEvent({ type: 'keyUp', keyCode, modifiers });
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  });

  const tried = await page.evaluate(async () => {
    const opened = window.open('https://example.com');
    const link = document.createElement('a');
    link.href = 'https://example.com';
    document.body.append(link);
    link.click();
    link.target = '_blank';
    link.click();
    link.remove();
    const fetched = await fetch('https://example.com').then(
      () => 'answered',
      () => 'refused',
    );
    const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      () => 'refused',
    );
    return { opened: opened !== null, fetched, camera, node: 'require' in window || 'process' in window };
  });
  expect(tried).toEqual({ opened: false, fetched: 'refused', camera: 'refused', node: false });

  // A file that is dropped on the page would be opened by a browser.
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['<h1>gone</h1>'], 'gone.html', { type: 'text/html' }));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  });
  await page.mouse.click(300, 300, { button: 'right' });
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await page.waitForTimeout(500);

  const after = await factsOf(app);
  expect(after).toEqual({ ...before, devTools: false });
  // Playwright waits for the navigations that were refused, so main is asked.
  expect(await isOnPage(app, 'main[aria-label="Live view"]')).toBe(true);
});

test('leaving needs the PIN, and wrong ones make one wait', async ({ launch }) => {
  const kiosk = await launch();
  const { page } = kiosk;
  await choosePin(page);
  await page.getByRole('button', { name: 'Close set-up' }).click();
  const refused = await page.evaluate(() =>
    (
      window as unknown as { vitrine: { request(channel: string): Promise<{ ok: boolean; error?: { code: string } }> } }
    ).vitrine.request('operator:leave'),
  );
  expect(refused).toMatchObject({ ok: false, error: { code: 'locked' } });
  await openSetup(page);
  const alert = page.getByRole('alert');
  await expect
    .poll(
      async () => {
        await typePin(page, '0000');
        return alert.textContent();
      },
      { intervals: [600], timeout: 30_000 },
    )
    .toMatch(/Too many wrong PINs/);
  // The right one has to wait as well.
  await typePin(page, pin);
  await expect(alert).toContainText('Too many wrong PINs');
  await expect(page.getByRole('navigation', { name: 'Sections' })).not.toBeVisible();
});
