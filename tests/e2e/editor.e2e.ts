import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Playlist, playlistSchema } from '../../contract/signage.ts';
import { ReelTruth } from '../support/reel-truth.ts';
import { faults } from './support/axe.ts';
import { answerOpenDialog } from './support/dialogs.ts';
import { expect, test } from './support/fixtures.ts';
import type { KioskHome } from './support/kiosk.ts';
import { choosePin } from './support/set-up.ts';
import { colourSlide } from './support/signage-files.ts';

function savedPlaylist(home: KioskHome): Playlist {
  const file = join(home.data, 'playlists', 'spring', 'playlist.json');
  return playlistSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

test('a playlist is put together, changed, undone, assigned, and plays after a restart', async ({ launch, home }) => {
  test.setTimeout(180_000);
  const files = ['one', 'two', 'three'].map((name) => join(home.folder, `${name}.svg`));
  files.forEach((file, i) => {
    writeFileSync(file, colourSlide(['#a02020', '#20a020', '#2020a0'][i] ?? '#000'));
  });
  writeFileSync(join(home.folder, 'notes.svg'), 'no picture at all');
  const kiosk = await launch();
  const { app, page } = kiosk;
  await choosePin(page);
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Signage' }).click();
  expect.soft(await faults(page), 'section').toEqual([]);

  await page.getByLabel('Name of the playlist').fill('Spring');
  await page.getByRole('button', { name: 'Create' }).click();
  await answerOpenDialog(app, [...files, join(home.folder, 'notes.svg')]);
  await page.getByRole('button', { name: /Add pictures or films/ }).click();
  await expect(page.getByRole('status').filter({ hasText: '3 items added.' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('notes.svg is not a picture or film that Vitrine can play');
  const list = page.getByRole('region', { name: 'Items in their order' }).getByRole('listitem');
  await expect(list).toHaveCount(3);

  await page.getByRole('button', { name: 'Move three up' }).click();
  await expect(list.nth(1)).toContainText('three');
  await list
    .nth(1)
    .getByRole('button', { name: /^three/ })
    .click();
  await page.getByLabel('Time on screen').fill('4');
  await page.getByRole('button', { name: 'Add a time' }).click();
  const week = page.getByRole('region', { name: 'What is shown when' });
  await expect(week.getByRole('row', { name: /^three/ })).toContainText('Takes its turn');
  expect.soft(await faults(page), 'editor').toEqual([]);
  if (process.env.VITRINE_LOOK) await week.screenshot({ path: `${process.env.VITRINE_LOOK}.week.png` });
  if (process.env.VITRINE_LOOK) await page.screenshot({ path: process.env.VITRINE_LOOK });
  await expect
    .poll(() => savedPlaylist(home).items.map(({ name, durationMs }) => [name, durationMs]))
    .toEqual([
      ['one', 10_000],
      ['three', 4000],
      ['two', 10_000],
    ]);
  await expect.poll(() => savedPlaylist(home).items[1]?.schedule.windows).toHaveLength(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => savedPlaylist(home).items[1]?.schedule.windows).toHaveLength(0);
  // What may not be saved stays in its field and says so; the file keeps what was right.
  await page.getByLabel('Time on screen').fill('0');
  await expect(page.getByText('From 1 second to 24 hours.')).toBeVisible();
  // It holds up nothing else.
  await page.getByRole('button', { name: 'Move two up' }).click();
  await expect.poll(() => savedPlaylist(home).items.map(({ name }) => name)).toEqual(['one', 'two', 'three']);
  expect(savedPlaylist(home).items[2]?.durationMs).toBe(4000);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByLabel('Time on screen').fill('2');
  await expect.poll(() => savedPlaylist(home).items[1]?.durationMs).toBe(2000);

  // A rule is built by choosing, and says at once whether it holds before the camera.
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByLabel('Whom').selectOption({ label: 'people in view' });
  await page.getByLabel('Number', { exact: true }).fill('1');
  await page.getByLabel('Over which time').selectOption({ label: 'right now' });
  const live = page.getByRole('region', { name: 'Now, before the camera' });
  await expect(live).toContainText('True now', { timeout: 60_000 });
  if (process.env.VITRINE_LOOK) await live.scrollIntoViewIfNeeded();
  if (process.env.VITRINE_LOOK) await page.screenshot({ path: process.env.VITRINE_LOOK });
  expect.soft(await faults(page), 'rule').toEqual([]);
  await expect
    .poll(() => savedPlaylist(home).items[1]?.audience?.when)
    .toMatchObject({
      match: 'all',
      conditions: [{ kind: 'count', of: 'passers-by', count: 1, window: { overMs: 0 } }],
    });
  // A group within: "and one of these".
  await page.getByRole('button', { name: 'Add a group' }).click();
  const group = page.getByRole('group', { name: 'Group of conditions' });
  await group.getByRole('button', { name: 'Add a condition' }).click();
  await group.getByText('all of this is true').click();
  expect.soft(await faults(page), 'group').toEqual([]);
  await expect
    .poll(() => savedPlaylist(home).items[1]?.audience?.when)
    .toMatchObject({
      match: 'all',
      conditions: [
        { kind: 'count' },
        { kind: 'group', match: 'all', conditions: [{ kind: 'trait' }, { kind: 'trait' }] },
      ],
    });
  await page.getByRole('button', { name: 'Remove the rule' }).click();
  await expect.poll(() => savedPlaylist(home).items[1]?.audience).toBeNull();

  await page.getByRole('button', { name: 'All playlists' }).click();
  await page.getByText('Your playlists fill the screen.').click();
  await page.getByLabel(/^Main screen/).selectOption({ label: 'Spring' });
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('button', { name: 'Close set-up' }).click();
  await expect(page.locator('.layer[data-shown]').first()).toBeAttached({ timeout: 20_000 });
  await kiosk.quit();

  const again = await launch();
  await expect(again.page.locator('.layer[data-shown]').first()).toBeAttached({ timeout: 20_000 });
  await expect(again.page.getByRole('main', { name: 'Content of this screen' })).toBeVisible();
});

test('items are looked at, moved by the mouse, given another file, and files without use are cleared up', async ({
  launch,
  home,
}) => {
  test.setTimeout(180_000);
  const files = ['one', 'two', 'three', 'four'].map((name) => join(home.folder, `${name}.svg`));
  files.forEach((file, i) => {
    writeFileSync(file, colourSlide(['#a02020', '#20a020', '#2020a0', '#a0a020'][i] ?? '#000'));
  });
  const { app, page } = await launch();
  await choosePin(page);
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Signage' }).click();
  await page.getByLabel('Name of the playlist').fill('Spring');
  await page.getByRole('button', { name: 'Create' }).click();
  await answerOpenDialog(app, files.slice(0, 3));
  await page.getByRole('button', { name: /Add pictures or films/ }).click();
  const list = page.getByRole('region', { name: 'Items in their order' }).getByRole('listitem');
  await expect(list).toHaveCount(3);
  await expect
    .poll(() =>
      list
        .first()
        .locator('img')
        .evaluate((picture) => (picture as HTMLImageElement).naturalWidth),
    )
    .toBeGreaterThan(0);

  const handle = await list.first().locator('.handle').boundingBox();
  const last = await list.nth(2).boundingBox();
  if (!handle || !last) throw new Error('the rows are not on screen');
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(handle.x, last.y + last.height - 3, { steps: 8 });
  if (process.env.VITRINE_LOOK) await page.screenshot({ path: `${process.env.VITRINE_LOOK}.drag.png` });
  await page.mouse.up();
  await expect.poll(() => savedPlaylist(home).items.map(({ name }) => name)).toEqual(['two', 'three', 'one']);
  await expect(page.getByRole('status').filter({ hasText: 'one is now 3 of 3.' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => savedPlaylist(home).items.map(({ name }) => name)).toEqual(['one', 'two', 'three']);

  // Escape ends the dragging, and does not leave set-up.
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(handle.x, last.y + last.height - 3, { steps: 4 });
  await expect(list.first()).toHaveClass(/moving/);
  await page.keyboard.press('Escape');
  await expect(list.first()).not.toHaveClass(/moving/);
  await page.mouse.up();
  expect(savedPlaylist(home).items.map(({ name }) => name)).toEqual(['one', 'two', 'three']);

  await list.nth(1).getByRole('button', { name: /^two/ }).click();
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  const preview = page.getByRole('dialog', { name: 'Preview: two' });
  await expect(preview.locator('.layer[data-shown] img')).toBeVisible();
  await expect(preview).toContainText('2 of 3');
  expect.soft(await faults(page), 'preview').toEqual([]);
  if (process.env.VITRINE_LOOK) await page.screenshot({ path: `${process.env.VITRINE_LOOK}.preview.png` });
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog', { name: 'Preview: three' })).toContainText('3 of 3');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Preview', exact: true })).toBeFocused();

  const before = savedPlaylist(home).items[1];
  await answerOpenDialog(app, files.slice(3));
  await page.getByRole('button', { name: 'Choose another file …' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'two has another file now.' })).toBeVisible();
  await expect.poll(() => mediaOf(savedPlaylist(home), 1)).not.toBe(mediaOf({ items: [before] } as Playlist, 0));
  expect(savedPlaylist(home).items[1]).toMatchObject({ id: before?.id, name: 'two', durationMs: before?.durationMs });

  // A film in a picture's place is refused, and nothing of the item is lost.
  const replaced = savedPlaylist(home).items[1];
  await answerOpenDialog(app, [new ReelTruth().path]);
  await page.getByRole('button', { name: 'Choose another file …' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'That file is of another kind.' })).toBeVisible();
  await page.getByRole('button', { name: 'All playlists' }).click();
  expect(savedPlaylist(home).items[1]).toEqual(replaced);

  await page.getByRole('button', { name: 'Open Spring' }).click();
  const media = join(home.data, 'playlists', 'spring', 'media');
  expect(readdirSync(media)).toHaveLength(5);
  await page.getByRole('button', { name: 'Remove files that no item uses' }).click();
  const question = page.getByRole('dialog', { name: 'Remove files that no item uses' });
  await expect(question.getByRole('listitem')).toHaveText([/reel/, /two/]);
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Remove files that no item uses' })).toBeFocused();
  expect(readdirSync(media)).toHaveLength(5);
  await page.getByRole('button', { name: 'Remove files that no item uses' }).click();
  // What the operator was not shown stays, and what is gone by now is said.
  writeFileSync(join(media, 'late.svg'), colourSlide('#fff'));
  for (const name of readdirSync(media)) if (name.startsWith('reel')) rmSync(join(media, name));
  await question.getByRole('button', { name: 'Delete these files' }).click();
  const said = page.getByRole('status').filter({ hasText: '1 file removed' });
  await expect(said).toContainText('“reel” was not there any more.');
  const left = savedPlaylist(home).items.map((_, i) => mediaOf(savedPlaylist(home), i));
  expect(readdirSync(media).toSorted()).toEqual([...left, 'late.svg'].toSorted());

  // A row whose file is gone says so, with a sign that is readable in both themes.
  rmSync(join(media, left[0] ?? ''));
  await page.getByRole('button', { name: 'All playlists' }).click();
  await page.getByRole('button', { name: 'Open Spring' }).click();
  const sign = list.first().locator('.thumbnail');
  await expect(list.first()).toContainText('Its file is not there.');
  for (const theme of ['dark', 'light']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    const danger = theme === 'dark' ? 'rgb(255, 167, 156)' : 'rgb(168, 35, 26)';
    await expect(sign).toHaveCSS('color', danger);
    await expect(list.first().locator('.broken svg').last()).toHaveCSS('color', danger);
    expect.soft(await faults(page), theme).toEqual([]);
  }
});

function mediaOf({ items }: Playlist, place: number): string {
  const item = items[place];
  if (!item) throw new Error(`there is no item ${place}`);
  return item.kind === 'html' ? item.folder : item.file;
}
