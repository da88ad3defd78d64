import type { Playlist, PlaylistItem } from '../../../../contract/signage.ts';
import { playlistItemSchema } from '../../../../contract/signage.ts';
import type { MediaFile } from '../../../../contract/signage-ipc.ts';

const longestName = 120;

/** @returns an id that no item of the playlist has */
export function freshId(playlist: Playlist, random: () => string = () => crypto.randomUUID()): string {
  for (;;) {
    const id = random().slice(0, 8);
    if (!playlist.items.some((item) => item.id === id)) return id;
  }
}

/** A new item for a file, with everything else as it is by default. */
export function itemOf(media: MediaFile, id: string): PlaylistItem {
  const name = media.title.replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, longestName) || media.name;
  const place = media.kind === 'html' ? { folder: media.name } : { file: media.name };
  return playlistItemSchema.parse({ kind: media.kind, id, name, ...place });
}

/** What an item plays: the name in the playlist's media. */
export function mediaNameOf(item: PlaylistItem): string {
  return item.kind === 'html' ? item.folder : item.file;
}

/** @param after the item behind which they stand; at the end when it is not there */
export function addItems(playlist: Playlist, items: readonly PlaylistItem[], after: string | null): Playlist {
  const index = playlist.items.findIndex(({ id }) => id === after);
  const at = index < 0 ? playlist.items.length : index + 1;
  return { ...playlist, items: playlist.items.toSpliced(at, 0, ...items) };
}

/** @param to its place afterwards, 0 = first; kept within the list */
export function moveItem(playlist: Playlist, id: string, to: number): Playlist {
  const from = playlist.items.findIndex((item) => item.id === id);
  const item = playlist.items[from];
  const target = Math.max(0, Math.min(playlist.items.length - 1, to));
  if (!item || target === from) return playlist;
  return { ...playlist, items: playlist.items.toSpliced(from, 1).toSpliced(target, 0, item) };
}

export function removeItem(playlist: Playlist, id: string): Playlist {
  return { ...playlist, items: playlist.items.filter((item) => item.id !== id) };
}

/** The copy stands behind its original. */
export function duplicateItem(playlist: Playlist, id: string, copyId: string, name: string): Playlist {
  const item = playlist.items.find((candidate) => candidate.id === id);
  if (!item) return playlist;
  return addItems(playlist, [{ ...item, id: copyId, name: name.slice(0, longestName) }], id);
}

/** @param change of the item's own kind; fields of another kind must not come in */
export function changeItem(playlist: Playlist, id: string, change: Partial<PlaylistItem>): Playlist {
  const items = playlist.items.map((item) => (item.id === id ? ({ ...item, ...change } as PlaylistItem) : item));
  return { ...playlist, items };
}

/**
 * Puts another file in an item's place: the first that is of the item's own kind, since what is set for a film means
 * nothing for a picture.
 *
 * @returns null where all are of another kind; the item then stays as it is
 */
export function replaceMedia(item: PlaylistItem, media: readonly MediaFile[]): Partial<PlaylistItem> | null {
  const file = media.find(({ kind }) => kind === item.kind);
  if (!file) return null;
  return item.kind === 'html' ? { folder: file.name } : { file: file.name };
}
