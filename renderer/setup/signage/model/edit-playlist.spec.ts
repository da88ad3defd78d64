import { describe, expect, it } from 'vitest';
import { type Playlist, playlistSchema } from '../../../../contract/signage.ts';
import type { MediaFile } from '../../../../contract/signage-ipc.ts';
import {
  addItems,
  changeItem,
  duplicateItem,
  freshId,
  itemOf,
  moveItem,
  removeItem,
  replaceMedia,
} from './edit-playlist.ts';

const media = (name: string, kind: MediaFile['kind'] = 'image', title = name): MediaFile => ({
  name,
  kind,
  title,
  sizeBytes: 1,
  used: false,
});

const playlist = playlistSchema.parse({
  name: 'Window',
  items: ['a', 'b', 'c'].map((id) => ({ kind: 'image', id, name: id.toUpperCase(), file: `${id}.png` })),
});
const order = ({ items }: Playlist) => items.map(({ id }) => id).join('');

describe('editing a playlist', () => {
  it.each([
    ['a', 2, 'bca'],
    ['c', 0, 'cab'],
    ['b', 0, 'bac'],
    ['a', 99, 'bca'],
    ['c', -5, 'cab'],
  ])('moves %s to place %i', (id, to, expected) => {
    expect(order(moveItem(playlist, id, to))).toBe(expected);
  });

  it('gives back the same playlist where nothing moves', () => {
    expect(moveItem(playlist, 'a', 0)).toBe(playlist);
    expect(moveItem(playlist, 'a', -1)).toBe(playlist);
    expect(moveItem(playlist, 'not there', 1)).toBe(playlist);
  });

  it('adds behind the chosen item, or at the end', () => {
    const added = itemOf(media('x.png'), 'x');
    expect(order(addItems(playlist, [added], 'a'))).toBe('axbc');
    expect(order(addItems(playlist, [added], null))).toBe('abcx');
  });

  it('removes, and copies with everything the original has', () => {
    expect(order(removeItem(playlist, 'b'))).toBe('ac');
    const changed = changeItem(playlist, 'b', { durationMs: 4_000 });
    const copied = duplicateItem(changed, 'b', 'b2', 'B (copy)');
    expect(order(copied).replace('b2', 'B')).toBe('abBc');
    expect(copied.items[2]).toMatchObject({ id: 'b2', name: 'B (copy)', durationMs: 4_000, file: 'b.png' });
    expect(playlistSchema.safeParse(copied).success).toBe(true);
  });

  it('makes valid items of every kind of media, named as the file was', () => {
    const items = [
      itemOf(media('sale-1.png', 'image', 'Sale.png'), 'x1'),
      itemOf(media('film.mp4', 'video', 'Our film.mp4'), 'x2'),
      itemOf(media('clock', 'html', 'Clock'), 'x3'),
    ];
    expect(items.map(({ name }) => name)).toEqual(['Sale', 'Our film', 'Clock']);
    expect(playlistSchema.safeParse(addItems(playlist, items, null)).success).toBe(true);
  });

  it('takes no id twice', () => {
    const given = ['a', 'b', 'fresh-and-long'];
    expect(freshId(playlist, () => given.shift() as string)).toBe('fresh-an');
  });

  it('replaces a file by one of its own kind only', () => {
    const files = [media('new.jpg'), media('new.mp4', 'video'), media('new', 'html')] as const;
    for (const own of files) {
      const item = itemOf(media(own.kind === 'html' ? 'old' : 'old.xyz', own.kind), 'x');
      const place = own.kind === 'html' ? { folder: own.name } : { file: own.name };
      const others = files.filter((file) => file !== own);
      expect(replaceMedia(item, [own])).toEqual(place);
      expect(replaceMedia(item, [...others, own])).toEqual(place);
      for (const other of others) expect(replaceMedia(item, [other]), `${own.kind} by ${other.kind}`).toBeNull();
      expect(replaceMedia(item, [])).toBeNull();
    }
  });
});
