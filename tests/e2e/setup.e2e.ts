import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Settings, settingsSchema } from '../../contract/settings.ts';
import { expect, test } from './support/fixtures.ts';
import type { KioskHome } from './support/kiosk.ts';
import { collectedResults, collectResults, snapshotOf } from './support/page-results.ts';
import { choosePin, openSetup, pin, typePin } from './support/set-up.ts';

function savedSettings(home: KioskHome): Settings {
  return settingsSchema.parse(JSON.parse(readFileSync(join(home.data, 'settings.json'), 'utf8')));
}

async function openSection(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name, exact: true }).click();
}

test('the first visit chooses a PIN, later ones ask for it', async ({ launch }) => {
  const { page } = await launch();
  await openSetup(page);
  await typePin(page, pin);
  await typePin(page, '1357');
  await expect(page.getByRole('alert')).toHaveText('The two PINs differ. Choose again.');
  await typePin(page, pin);
  await typePin(page, pin);
  await page.getByRole('button', { name: 'Close set-up' }).click();

  await openSetup(page);
  await expect(page.getByText('Give the PIN to go on.')).toBeVisible();
  await typePin(page, '1111');
  await expect(page.getByRole('alert')).toHaveText('That is not the PIN. Try again.');
  await typePin(page, pin);
  await expect(page.getByRole('heading', { name: 'Set-up', exact: true })).toBeVisible();
});

test('the corner gesture opens set-up on a touch screen', async ({ launch }) => {
  const { page } = await launch();
  const width = await page.evaluate(() => window.innerWidth);
  for (let tap = 0; tap < 5; tap += 1) await page.mouse.click(width - 20, 20);
  await expect(page.getByRole('heading', { name: 'Choose a PIN' })).toBeVisible();
});

test('changes are saved on demand, take effect at once and last', async ({ launch, home }) => {
  const first = await launch();
  await choosePin(first.page);

  await openSection(first.page, 'Attributes');
  await first.page.getByRole('checkbox', { name: 'Show Beard' }).click();
  await first.page.getByRole('checkbox', { name: 'Count Smile' }).click();
  await expect(first.page.getByRole('checkbox', { name: 'Count Expression' })).not.toBeChecked();
  await openSection(first.page, 'Picture');
  await first.page.getByLabel('From the left').fill('25');
  await first.page.getByLabel('Width', { exact: true }).fill('50');
  await openSection(first.page, 'Display');
  await first.page.getByText('Deutsch').click();
  await expect(first.page.getByText('There are unsaved changes.')).toBeVisible();
  await first.page.getByRole('button', { name: 'Save changes' }).click();
  await expect(first.page.getByText('Änderungen gespeichert.')).toBeVisible();
  await expect(first.page.locator('html')).toHaveAttribute('lang', 'de');

  const settings = savedSettings(home);
  expect(settings.live.shown.beard).toBe(false);
  expect(settings.statistics.counted.smile).toBe(false);
  expect(settings.picture.regionOfInterest).toEqual({ x: 0.25, y: 0, width: 0.5, height: 1 });
  expect(settings.display.language).toBe('de');
  expect(settings.access.pinHash).not.toBeNull();

  await first.quit();
  const second = await launch();
  await expect(second.page.getByText('Was dieser Bildschirm tut')).toBeVisible();
});

test('what cannot be saved is said beside its field', async ({ launch, home }) => {
  const { page } = await launch();
  await choosePin(page);
  await page.getByText('Network stream').click();
  await page.getByLabel('Address of the stream').fill('lobby');
  await openSection(page, 'Privacy');
  await page.getByLabel('Hide groups smaller than (screen)').fill('2');
  await expect(page.getByText('A whole number from 5 to 1000.')).toBeVisible();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Some fields need your attention.')).toBeVisible();
  await openSection(page, 'Source');
  await expect(page.getByText(/Type a full address/)).toBeVisible();
  expect(savedSettings(home).source.kind).toBe('demo');
});

test('unsaved changes are not lost by accident', async ({ launch }) => {
  const { page } = await launch();
  await choosePin(page);
  await openSection(page, 'Display');
  await page.getByText('Light', { exact: true }).click();
  await page.keyboard.press('Escape');
  const dialog = page.getByRole('dialog', { name: 'Save your changes?' });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Close set-up' }).click();
  await dialog.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('main', { name: 'Live view' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('what is stored is shown as it is', async ({ launch }) => {
  const { page } = await launch();
  await choosePin(page);
  await openSection(page, 'What is stored');
  await expect(page.getByText(/\.(sqlite|db), /)).toBeVisible();
  await expect(page.getByRole('heading', { level: 3 }).first()).toBeVisible();
});

test('the light network takes over when it is chosen, and reads the faces', async ({ launch, home }) => {
  const { page } = await launch();
  await collectResults(page);
  await choosePin(page);
  await openSection(page, 'Picture');
  await page.getByText('Light', { exact: true }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect.poll(async () => (await snapshotOf(page)).info.attributes).toContain('light');
  expect(savedSettings(home).picture.network).toBe('light');
  const before = (await collectedResults(page)).length;
  const read = async () =>
    (await collectedResults(page)).slice(before).flatMap(({ faces }) => faces.filter(({ attributes }) => attributes));
  await expect.poll(async () => (await read()).length, { timeout: 30_000 }).toBeGreaterThan(0);
});
