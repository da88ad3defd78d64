import { faults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';

test('the live view has no fault that axe knows', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByRole('list', { name: 'Faces in view' }).getByRole('listitem').first()).toBeVisible({
    timeout: 60_000,
  });
  expect(await faults(page)).toEqual([]);
});

test('set-up is reached and walked by keyboard alone, and has no fault that axe knows', async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole('button', { name: 'Open set-up' }).focus();
  await page.keyboard.press('Enter');
  for (const title of ['Choose a PIN', 'Repeat the PIN']) {
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    expect.soft(await faults(page), title).toEqual([]);
    await page.keyboard.type('2468');
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('heading', { name: 'Set-up', exact: true })).toBeVisible();
  const sections = page.getByRole('navigation', { name: 'Sections' }).getByRole('button');
  const names = await sections.allInnerTexts();
  expect(names.length).toBeGreaterThanOrEqual(7);
  for (const name of names) {
    await sections.filter({ hasText: name }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name, exact: true }).first()).toBeVisible();
    expect.soft(await faults(page), name).toEqual([]);
  }
});
