import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faults } from './support/axe.ts';
import { answerSaveDialog } from './support/dialogs.ts';
import { expect, test } from './support/fixtures.ts';
import { choosePin } from './support/set-up.ts';

test('the notice for the door says what is switched on, and is saved as one page', async ({ launch, home }) => {
  const kiosk = await launch();
  const { app, page } = kiosk;
  await choosePin(page);
  const sections = page.getByRole('navigation', { name: 'Sections' });
  await sections.getByRole('button', { name: 'Signage' }).click();
  const poster = page.getByRole('region', { name: 'Notice poster' });
  const file = join(home.folder, 'notice.pdf');
  await answerSaveDialog(app, file);

  await poster.getByRole('button', { name: 'Save as PDF' }).click();
  await expect(poster.getByRole('status')).toContainText('Fill in who runs this screen');

  await poster.getByLabel('Who runs this screen').fill('Flowers & Son, 1 High Street');
  await poster.getByLabel('Contact for questions').fill('hello@flowers.example');
  expect.soft(await faults(page), 'poster').toEqual([]);
  const sheet = poster.locator('.poster');
  await expect(sheet).toContainText('Flowers & Son, 1 High Street');
  // Expression is shown and, as it is at first, not counted.
  await expect(sheet).toContainText(/Expression\s+\(shown for a moment, not counted\)/);
  if (process.env.VITRINE_LOOK) await poster.screenshot({ path: process.env.VITRINE_LOOK });

  await poster.getByRole('button', { name: 'Save as PDF' }).click();
  await expect(poster.getByRole('status')).toHaveText('Saved as notice.pdf.');
  const printed = readFileSync(file, 'latin1');
  expect(printed.startsWith('%PDF-')).toBe(true);
  expect(printed.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);

  await poster.getByText('Deutsch').click();
  await expect(sheet).toContainText('Kein Bild und kein Film wird gespeichert');
  await kiosk.quit();
});
