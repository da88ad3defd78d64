import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Playlist, PlaylistItem } from '../../contract/signage.ts';
import { playlistSchema } from '../../contract/signage.ts';
import { writeFileAtomically } from '../settings/atomic-file.ts';
import { isPlainPathNow } from './plain-path.ts';

export const playlistFileName = 'playlist.json';
export const mediaFolderName = 'media';
/** Most files of an HTML item that are looked at to see whether one is another by now. */
const mostPageFiles = 200;

/** What was found where a playlist's file should be. */
export type PlaylistFile =
  | { readonly kind: 'sound'; readonly playlist: Playlist; readonly stamp: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged'; readonly stamp: string; readonly detail: string };

/** @param folder the playlist's own */
export function readPlaylistFile(folder: string): PlaylistFile {
  const stamp = stampOf(folder);
  if (stamp === null) return { kind: 'missing' };
  try {
    const text = readFileSync(join(folder, playlistFileName), 'utf8');
    return { kind: 'sound', playlist: playlistSchema.parse(JSON.parse(text)), stamp };
  } catch (error) {
    return { kind: 'damaged', stamp, detail: explain(error) };
  }
}

/** Changes whenever the file does, by whatever program; null where there is none, or none that we may look at. */
export function stampOf(folder: string): string | null {
  return stampAt(join(folder, playlistFileName));
}

/** @throws the file system's error; the old file is untouched then */
export function writePlaylistFile(folder: string, playlist: Playlist): void {
  writeFileAtomically(join(folder, playlistFileName), `${JSON.stringify(playlist, null, 2)}\n`);
}

/** Renames a damaged file. @returns its new name, or null when it cannot be moved */
export function putPlaylistAside(folder: string, at: Date): string | null {
  const aside = join(folder, `playlist.damaged-${at.toISOString().replaceAll(':', '-')}.json`);
  try {
    renameSync(join(folder, playlistFileName), aside);
    return basename(aside);
  } catch {
    return null;
  }
}

/** The name in the media folder that an item plays. */
export function mediaNameOf(item: PlaylistItem): string {
  return item.kind === 'html' ? item.folder : item.file;
}

/** Whether an item's picture, film or page is there, as a file that can be served: no link leads to it. */
export function isMediaThere(folder: string, item: PlaylistItem): boolean {
  const path = join(folder, mediaFolderName, mediaNameOf(item));
  const file = item.kind === 'html' ? join(path, 'index.html') : path;
  return isPlainPathNow(folder, file) && lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** Changes whenever an item's picture, film or page does; null where `isMediaThere` says no. */
export function mediaStampOf(folder: string, item: PlaylistItem): string | null {
  if (!isMediaThere(folder, item)) return null;
  const path = join(folder, mediaFolderName, mediaNameOf(item));
  const hash = createHash('sha256');
  for (const file of item.kind === 'html' ? filesBelow(path) : [path]) hash.update(`${file} ${stampAt(file)}\n`);
  return hash.digest('hex').slice(0, 16);
}

/** The first ones of very many: they are looked at while something plays. */
function filesBelow(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names
      .sort()
      .slice(0, mostPageFiles)
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function stampAt(path: string): string | null {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs}-${size}-${ino}`;
  } catch {
    return null;
  }
}

/** Places only: for the log. */
function explain(error: unknown): string {
  if (error instanceof Error && 'issues' in error && Array.isArray(error.issues)) {
    return error.issues
      .slice(0, 5)
      .map((issue: { path?: unknown; message?: unknown }) =>
        [Array.isArray(issue.path) ? issue.path.join('.') : '', String(issue.message)].join(': '),
      )
      .join('; ');
  }
  return error instanceof SyntaxError ? 'not JSON' : String(error);
}
