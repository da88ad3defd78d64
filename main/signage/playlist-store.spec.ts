import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Playlist } from '../../contract/signage.ts';
import { ManualClock } from '../vision/manual-clock.ts';
import { isMediaThere } from './playlist-file.ts';
import type { PlaylistIncident } from './playlist-store.ts';
import { PlaylistStore, settledAfterMs } from './playlist-store.ts';

let folder: string;
let media: string;
let outside: string;
let store: PlaylistStore;
let clock: ManualClock;
let incidents: PlaylistIncident[];

beforeEach(() => {
  clock = new ManualClock();
  incidents = [];
  const home = mkdtempSync(join(tmpdir(), 'vitrine-playlists-'));
  folder = join(home, 'playlists');
  media = join(folder, 'window', 'media');
  outside = join(home, 'outside');
  mkdirSync(media, { recursive: true });
  mkdirSync(join(outside, 'page'), { recursive: true });
  for (const name of ['used.png', 'old.png', 'older.png']) writeFileSync(join(media, name), '12345');
  mkdirSync(join(media, 'page'));
  writeFileSync(join(media, 'page', 'index.html'), '<p>');
  writeFileSync(join(outside, 'far.png'), '12345');
  writeFileSync(join(outside, 'page', 'index.html'), '<p>');
  writePlaylist(['used.png']);
  store = openStore();
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const openStore = () =>
  new PlaylistStore({ folder, now: () => new Date(0), clock, onIncident: (incident) => incidents.push(incident) });

function writePlaylist(files: readonly string[]): void {
  const items = files.map((file, index) => ({ id: `i${index}`, kind: 'image', name: file, file }));
  writeFileSync(join(folder, 'window', 'playlist.json'), JSON.stringify({ name: 'Window', items }));
}

describe('removing media without use', () => {
  it('removes what was named, and nothing that appeared meanwhile', async () => {
    expect((await store.media('window')).filter(({ used }) => !used).map(({ name }) => name)).toEqual([
      'old.png',
      'older.png',
      'page',
    ]);
    writeFileSync(join(media, 'new.png'), '1');
    expect(await store.removeUnused('window', ['old.png', 'page', 'old.png'])).toEqual({
      removed: ['old.png', 'page'],
      kept: [],
      freedBytes: 8,
    });
    expect(readdirSync(media).sort()).toEqual(['new.png', 'older.png', 'used.png']);
  });

  it('keeps what came into use after the operator was asked, is gone, or is something else by now', async () => {
    writePlaylist(['used.png', 'old.png']);
    rmSync(join(media, 'older.png'));
    rmSync(join(media, 'page'), { recursive: true });
    symlinkSync(join(outside, 'page'), join(media, 'page'));
    symlinkSync(join(outside, 'far.png'), join(media, 'far.png'));
    mkdirSync(join(media, 'folder.png'));
    writeFileSync(join(media, 'notes.txt'), 'mine');
    const names = ['old.png', 'older.png', 'page', 'far.png', 'folder.png', 'notes.txt', 'used.png'];
    expect(await store.removeUnused('window', names)).toEqual({
      removed: [],
      kept: [
        { name: 'old.png', reason: 'in-use' },
        { name: 'older.png', reason: 'gone' },
        { name: 'page', reason: 'not-media' },
        { name: 'far.png', reason: 'not-media' },
        { name: 'folder.png', reason: 'not-media' },
        { name: 'notes.txt', reason: 'not-media' },
        { name: 'used.png', reason: 'in-use' },
      ],
      freedBytes: 0,
    });
    expect(readdirSync(media)).toHaveLength(6);
    expect(readdirSync(outside).sort()).toEqual(['far.png', 'page']);
    expect(existsSync(join(outside, 'page', 'index.html'))).toBe(true);
  });

  it('deletes a link inside an HTML folder, and not what it leads to', async () => {
    symlinkSync(outside, join(media, 'page', 'more'));
    expect((await store.removeUnused('window', ['page'])).removed).toEqual(['page']);
    expect(existsSync(join(outside, 'far.png'))).toBe(true);
  });
});

describe('links', () => {
  it('are no media and play nothing', async () => {
    symlinkSync(join(outside, 'far.png'), join(media, 'far.png'));
    symlinkSync(join(outside, 'page'), join(media, 'linked'));
    expect((await store.media('window')).map(({ name }) => name)).toEqual(['old.png', 'older.png', 'page', 'used.png']);
    const thereOf = (item: object) => isMediaThere(join(folder, 'window'), item as Playlist['items'][number]);
    expect(thereOf({ kind: 'image', file: 'used.png' })).toBe(true);
    expect(thereOf({ kind: 'html', folder: 'page' })).toBe(true);
    expect(thereOf({ kind: 'image', file: 'far.png' })).toBe(false);
    expect(thereOf({ kind: 'html', folder: 'linked' })).toBe(false);
  });

  it('in the place of the media folder are not followed, neither to read nor to write nor to clear up', async () => {
    renameSync(media, join(folder, 'window', 'kept'));
    writeFileSync(join(outside, '.import-1'), 'not ours');
    symlinkSync(outside, media);
    store = openStore();
    expect(await store.media('window')).toEqual([]);
    expect((await store.removeUnused('window', ['far.png'])).kept).toEqual([{ name: 'far.png', reason: 'not-media' }]);
    const source = join(outside, '..', 'sale.svg');
    writeFileSync(source, '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await expect(store.importMedia('window', [source])).rejects.toMatchObject({ code: 'linked-media' });
    expect(isMediaThere(join(folder, 'window'), store.get('window')?.playlist.items[0] as never)).toBe(false);
    expect(readdirSync(outside).sort()).toEqual(['.import-1', 'far.png', 'page']);
    store.delete('window');
    expect(readdirSync(outside).sort()).toEqual(['.import-1', 'far.png', 'page']);
  });

  it('are not copied to another kiosk, and not taken over from one', async () => {
    symlinkSync(join(outside, 'far.png'), join(media, 'far.png'));
    const copy = join(outside, await store.exportTo('window', outside));
    expect(readdirSync(join(copy, 'media')).sort()).toEqual(['old.png', 'older.png', 'page', 'used.png']);

    rmSync(join(copy, 'media'), { recursive: true });
    symlinkSync(media, join(copy, 'media'));
    const { id } = await store.importFrom(copy);
    expect(await store.media(id)).toEqual([]);
  });

  it('in the place of a whole playlist are none', () => {
    symlinkSync(join(folder, 'window'), join(folder, 'linked'));
    expect(store.get('linked')).toBeNull();
    expect(store.list().map(({ id }) => id)).toEqual(['window']);
  });
});

describe('a playlist that another program writes', () => {
  const file = () => join(folder, 'window', 'playlist.json');
  const filesOf = () => store.get('window')?.playlist.items.map((item) => (item.kind === 'html' ? '' : item.file));

  it('stays what it was until it is written, however long that takes, and is not put aside', () => {
    const before = store.get('window');
    writeFileSync(file(), '');
    for (let written = 1; written < 20; written++) {
      expect(store.get('window')).toBe(before);
      clock.pass(settledAfterMs - 1);
      expect(store.get('window')).toBe(before);
      writeFileSync(file(), '{ "name": "Half"'.slice(0, written));
    }
    writePlaylist(['old.png']);
    expect(filesOf()).toEqual(['old.png']);
    expect(incidents).toEqual([]);
    expect(readdirSync(join(folder, 'window')).sort()).toEqual(['media', 'playlist.json']);
  });

  it('is put aside once it has made no sense for a while, also where it was not known before', () => {
    store.get('window');
    writeFileSync(file(), '{ "name": "Half"');
    for (const opened of [store, openStore()]) {
      const known = opened.get('window');
      clock.pass(settledAfterMs - 1);
      expect(opened.get('window')).toBe(known);
      expect(incidents).toEqual([]);
    }
    clock.pass(1);
    expect(store.get('window')).toMatchObject({ damaged: true, playlist: { name: 'window', items: [] } });
    expect(incidents).toMatchObject([{ kind: 'damaged', id: 'window', keptAs: expect.any(String) }]);
    expect(existsSync(file())).toBe(false);
  });

  it('may be gone for a moment, with its folder too; what is gone for longer is gone', () => {
    const before = store.get('window');
    rmSync(file());
    expect(store.get('window')).toBe(before);
    clock.pass(settledAfterMs - 1);
    expect(store.get('window')).toBe(before);
    writePlaylist(['old.png']);
    expect(filesOf()).toEqual(['old.png']);

    rmSync(file());
    expect(filesOf()).toEqual(['old.png']);
    clock.pass(settledAfterMs);
    expect(filesOf()).toEqual([]);

    writePlaylist(['old.png']);
    expect(filesOf()).toEqual(['old.png']);
    renameSync(join(folder, 'window'), join(outside, 'window'));
    expect(filesOf()).toEqual(['old.png']);
    clock.pass(settledAfterMs);
    expect(store.get('window')).toBeNull();
    renameSync(join(outside, 'window'), join(folder, 'window'));
    expect(filesOf()).toEqual(['old.png']);
  });

  it('is not written over meanwhile', () => {
    const { revision, playlist } = store.get('window') ?? expect.fail();
    writeFileSync(file(), '{ "name": "Half"');
    expect(() => store.save('window', revision, playlist)).toThrow(/changed elsewhere/);
    renameSync(join(folder, 'window'), join(outside, 'window'));
    expect(() => store.save('window', revision, playlist)).toThrow(/no longer there/);
  });
});

describe('a place that cannot be read', () => {
  it('in the media’s stead keeps nothing else from playing', () => {
    rmSync(media, { recursive: true });
    writeFileSync(media, 'a file');
    store = openStore();
    expect(store.get('window')?.playlist.name).toBe('Window');
    expect(isMediaThere(join(folder, 'window'), store.get('window')?.playlist.items[0] as never)).toBe(false);
  });

  it('in the playlists’ stead is no playlist', () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file');
    store = openStore();
    expect(store.list()).toEqual([]);
    expect(store.get('window')).toBeNull();
  });

  // Nothing is closed to root.
  it.skipIf(process.getuid?.() === 0)('belongs to another account', () => {
    for (const closed of [media, join(folder, 'window'), folder]) {
      chmodSync(closed, 0);
      store = openStore();
      expect(() => [store.list(), store.get('window')]).not.toThrow();
      chmodSync(closed, 0o700);
    }
  });
});
