import { expect, type Page } from '@playwright/test';

export const pin = '2468';

/** By the keyboard, from the live view. */
export async function openSetup(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open set-up' }).press('Enter');
}

export async function typePin(page: Page, digits: string): Promise<void> {
  await page.getByLabel('PIN', { exact: true }).fill(digits);
  await page.keyboard.press('Enter');
}

/** Opens set-up for the first time and chooses the PIN. */
export async function choosePin(page: Page): Promise<void> {
  await openSetup(page);
  await typePin(page, pin);
  await expect(page.getByRole('heading', { name: 'Repeat the PIN' })).toBeVisible();
  await typePin(page, pin);
  await expect(page.getByRole('heading', { name: 'Set-up', exact: true })).toBeVisible();
}
