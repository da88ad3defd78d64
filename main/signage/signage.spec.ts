import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settingsSchema } from '../../contract/settings.ts';
import type { CounterIncrement } from '../audience/counters.ts';
import { ManualClock } from '../vision/manual-clock.ts';
import { PlaylistStore } from './playlist-store.ts';
import { Signage } from './signage.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-signage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('rests while the panel is off: the play on screen ends early, none follows, and the next one comes with the light', () => {
  const media = join(folder, 'window/media');
  mkdirSync(media, { recursive: true });
  writeFileSync(join(media, 'a.png'), '');
  const items = [{ id: 'a', kind: 'image', name: 'A', file: 'a.png', durationMs: 10_000 }];
  writeFileSync(join(folder, 'window/playlist.json'), JSON.stringify({ name: 'Window', items }));
  const settings = settingsSchema.parse({ signage: { mode: 'stage', screens: { main: 'window' } } });
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
