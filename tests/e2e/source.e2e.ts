import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReelTruth } from '../support/reel-truth.ts';
import { expect, test } from './support/fixtures.ts';
import { collectedResults, collectResults, saveSettings, snapshotOf } from './support/page-results.ts';

const reel = new ReelTruth().path;

test('the source is changed while it runs, and the change is kept', async ({ launch, home }) => {
  const other = join(home.folder, 'shop window.mp4');
  copyFileSync(reel, other);
  const kiosk = await launch();
  await collectResults(kiosk.page);
  await expect.poll(async () => (await collectedResults(kiosk.page)).length).toBeGreaterThan(5);

  await saveSettings(kiosk.page, { source: { kind: 'video', path: other, loop: true } });
  await expect(kiosk.page.getByRole('contentinfo', { name: 'Technical status' })).toContainText('shop window.mp4');
  await expect
    .poll(async () => {
      const { source } = await snapshotOf(kiosk.page);
      return { status: source.status, kind: source.kind, label: source.label };
    })
    .toEqual({ status: 'running', kind: 'video', label: 'shop window.mp4' });

  // The new source's clock began anew, and its frames are analysed.
  await expect
    .poll(async () => {
      const { counters } = (await collectedResults(kiosk.page)).at(-1) ?? {};
      return counters && counters.analysed > 5 ? 'analysed' : 'waiting';
    })
    .toBe('analysed');
  await kiosk.quit();

  const again = await launch();
  await expect.poll(async () => (await snapshotOf(again.page)).source.label).toBe('shop window.mp4');
});

test('a video that cannot be played is said on screen, and the kiosk stays up', async ({ launch, home }) => {
  const broken = join(home.folder, 'broken.mp4');
  home.writeData('../broken.mp4', 'this is no film at all\n'.repeat(500));
  const kiosk = await launch({ source: broken });
  await expect(kiosk.page.getByRole('status', { name: 'Messages' })).toContainText('cannot be played');

  // Another source brings it back, and the message goes.
  await saveSettings(kiosk.page, { source: { kind: 'demo' } });
  await expect.poll(async () => (await snapshotOf(kiosk.page)).source.status).toBe('running');
  await expect(kiosk.page.getByRole('status', { name: 'Messages' })).not.toContainText('cannot be played');
});

test('a video that breaks off in the middle does not take the kiosk with it', async ({ launch, home }) => {
  const whole = readFileSync(reel);
  const cut = join(home.folder, 'cut.mp4');
  home.writeData('../cut.mp4', whole.subarray(0, Math.floor(whole.length * 0.2)));
  const kiosk = await launch({ source: cut });
  // Played as far as it goes, over and over, or refused in words: either way the page answers and nothing restarts.
  await expect
    .poll(async () => {
      const { source, problems } = await snapshotOf(kiosk.page);
      const refused = problems.some(({ code }) => code === 'source-broken' || code === 'source-missing');
      return refused || source.status === 'running' ? 'settled' : source.status;
    })
    .toBe('settled');
  const { problems } = await snapshotOf(kiosk.page);
  expect(problems.map(({ code }) => code)).not.toContain('engine-given-up');
});
