import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Settings, settingsSchema } from '../../contract/settings.ts';
import type { CounterIncrement } from '../audience/counters.ts';
import { systemClock } from '../vision/clock.ts';
import { ManualClock } from '../vision/manual-clock.ts';
import { PlaylistStore } from './playlist-store.ts';
import { Signage } from './signage.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-signage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A playlist of one picture, which the main screen plays. */
function onePicture(): { readonly settings: Settings; readonly picture: string } {
  const picture = join(folder, 'window/media/a.png');
  mkdirSync(dirname(picture), { recursive: true });
  writeFileSync(picture, '');
  const items = [{ id: 'a', kind: 'image', name: 'A', file: 'a.png', durationMs: 10_000 }];
  writeFileSync(join(folder, 'window/playlist.json'), JSON.stringify({ name: 'Window', items }));
  return { picture, settings: settingsSchema.parse({ signage: { mode: 'stage', screens: { main: 'window' } } }) };
}

it('rests while the panel is off: the play on screen ends early, none follows, and the next one comes with the light', () => {
  const { settings } = onePicture();
  const clock = new ManualClock();
  const played: CounterIncrement[] = [];
  let resting = false;
  const signage = new Signage({
    playlists: new PlaylistStore({ folder, now: () => new Date(0), clock, onIncident: () => {} }),
    settings: () => settings,
    clock,
    wallNow: () => 1_000_000 + clock.now(),
    isResting: () => resting,
    onState: () => {},
    onItemFailed: (_, item, reason) => expect.fail(`${item.id}: ${reason}`),
    onFailing: () => {},
    onPlayed: (increments) => played.push(...increments),
  });
  signage.apply();
  const first = signage.state('main')?.current;
  expect(first?.item.id).toBe('a');
  signage.report('main', { kind: 'started', play: first?.play ?? 0, mediaMs: null });
  clock.pass(4_000);
  resting = true;
  signage.follow();
  expect(signage.state('main')?.current).toBe(null);
  expect(played).toMatchObject([
    { table: 'plays', item: 'a', completed: false, shownMs: 4_000 },
    { table: 'plays_by_item', plays: 1, completed: 0 },
  ]);
  // Neither saved settings nor time begin a play.
  signage.apply();
  clock.pass(3_600_000);
  expect(signage.state('main')?.current).toBe(null);
  resting = false;
  signage.follow();
  const next = signage.state('main')?.current;
  expect(next?.item.id).toBe('a');
  expect(next?.play).toBeGreaterThan(first?.play ?? 0);
  expect(played).toHaveLength(2);
  signage.close();
});

it('gives a picture or a page another address once its files are others and are written, and no sooner', async () => {
  vi.useFakeTimers();
  const picture = join(folder, 'window/media/a.png');
  const inPage = join(folder, 'door/media/page/b.png');
  for (const file of [picture, inPage]) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'old');
  }
  writeFileSync(join(dirname(inPage), 'index.html'), '<img src="b.png">');
  const items = {
    window: { id: 'a', kind: 'image', name: 'A', file: 'a.png', durationMs: 1_000 },
    door: { id: 'a', kind: 'html', name: 'A', folder: 'page', durationMs: 1_000 },
  };
  for (const [id, item] of Object.entries(items)) {
    writeFileSync(join(folder, id, 'playlist.json'), JSON.stringify({ name: id, items: [item] }));
  }
  const settings = settingsSchema.parse({ signage: { mode: 'stage', screens: { main: 'window', second: 'door' } } });
  const signage = new Signage({
    playlists: new PlaylistStore({ folder, now: () => new Date(0), clock: systemClock, onIncident: () => {} }),
    settings: () => settings,
    clock: systemClock,
    wallNow: Date.now,
    isResting: () => false,
    onState: ({ screen, current }) => {
      const play = current?.play ?? 0;
      queueMicrotask(() => signage.report(screen, { kind: 'started', play, mediaMs: null }));
    },
    onItemFailed: (_, item, reason) => expect.fail(`${item.id}: ${reason}`),
    onFailing: () => {},
    onPlayed: () => {},
  });
  signage.useScreens(['second']);
  signage.start();
  const urls = () => ['main', 'second'].map((screen) => signage.state(screen)?.current?.item.url);
  const before = urls();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(urls()).toEqual(before);

  // Copied for ten seconds.
  for (let second = 1; second <= 10; second += 1) {
    for (const file of [picture, inPage]) writeFileSync(file, 'new'.repeat(second));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(urls()).toEqual(before);
  }
  await vi.advanceTimersByTimeAsync(7_000);
  const after = urls();
  for (const [i, url] of after.entries()) expect(url).not.toBe(before[i]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(urls()).toEqual(after);
  signage.close();
  vi.useRealTimers();
});

it('says at once that a file is gone when somebody asks, though the screens look at the disk now and then only', () => {
  const { settings, picture } = onePicture();
  const clock = new ManualClock();
  const playlists = new PlaylistStore({ folder, now: () => new Date(0), clock, onIncident: () => {} });
  const signage = new Signage({
    playlists,
    settings: () => settings,
    clock,
    wallNow: () => clock.now(),
    isResting: () => false,
    onState: () => {},
    onItemFailed: () => {},
    onFailing: () => {},
    onPlayed: () => {},
  });
  signage.apply();
  const stored = playlists.get('window');
  if (!stored) throw new Error('no playlist');
  expect(signage.problemsOf(stored)).toEqual([]);
  rmSync(picture);
  expect(signage.problemsOf(stored)).toEqual([{ item: 'a', reason: 'missing' }]);
  signage.close();
});
