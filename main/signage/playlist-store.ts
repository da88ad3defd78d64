import type { Dirent } from 'node:fs';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { cp, lstat, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Playlist } from '../../contract/signage.ts';
import { htmlFolderSchema, mediaNameSchema, playlistIdSchema, playlistSchema } from '../../contract/signage.ts';
import type { ImportResult, MediaFile, MediaRemoval, RefusalReason } from '../../contract/signage-ipc.ts';
import type { Clock } from '../vision/clock.ts';
import { ImportRefusal, importMedia, partialPrefix } from './media-import.ts';
import { mediaTypeOfFile, mediaTypeOfName } from './media-kind.ts';
import { slugOf, titleOf } from './media-names.ts';
import { removeMedia } from './media-removal.ts';
import { isPlainPath, isPlainPathNow } from './plain-path.ts';
import {
  mediaFolderName,
  mediaNameOf,
  playlistFileName,
  putPlaylistAside,
  readPlaylistFile,
  stampOf,
  writePlaylistFile,
} from './playlist-file.ts';

export type PlaylistIncident =
  | { readonly kind: 'damaged'; readonly id: string; readonly keptAs: string | null; readonly detail: string }
  | { readonly kind: 'unwritable'; readonly id: string; readonly detail: string }
  | { readonly kind: 'written'; readonly id: string };

export interface PlaylistStoreOptions {
  /** Absolute; each playlist has a folder of its own in it. */
  readonly folder: string;
  readonly now: () => Date;
  readonly clock: Clock;
  readonly onIncident: (incident: PlaylistIncident) => void;
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/** A playlist as it was last read or written. */
export interface StoredPlaylist {
  readonly id: string;
  readonly revision: number;
  readonly playlist: Playlist;
  readonly damaged: boolean;
}

interface Known extends StoredPlaylist {
  readonly stamp: string | null;
}

/**
 * A file that is missing or cannot be understood is taken for that once it has been the same for so long: until then
 * another program may be about to write it.
 */
export const settledAfterMs = 5_000;

/** The operator's to know; `code` names the sentence. */
export class PlaylistError extends Error {
  readonly code: 'no-playlist' | 'changed-meanwhile' | 'unwritable' | 'not-a-playlist' | 'disk-full' | 'linked-media';

  constructor(code: PlaylistError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The playlists of this kiosk: a folder each, with one JSON file and its media, and nothing in it that names a place
 * outside. A file that cannot be understood is put aside under another name and said; an empty playlist takes its
 * place in memory until one is saved. A file that another program changed is read again; while it writes it, the
 * playlist stays what it was.
 */
export class PlaylistStore {
  readonly #options: PlaylistStoreOptions;
  readonly #known = new Map<string, Known>();
  /** What was found in the place of files that are missing or make no sense, and since when it has been the same. */
  readonly #unsettled = new Map<string, { readonly stamp: string | null; readonly sinceMs: number }>();
  #revisions = 0;

  constructor(options: PlaylistStoreOptions) {
    this.#options = options;
    this.#sweep();
  }

  /** In the order of their names. */
  list(): readonly StoredPlaylist[] {
    return this.#ids()
      .map((id) => this.get(id))
      .filter((stored) => stored !== null)
      .sort((a, b) => a.playlist.name.localeCompare(b.playlist.name));
  }

  /** @returns null where there is no such playlist */
  get(id: string): StoredPlaylist | null {
    if (!playlistIdSchema.safeParse(id).success) return null;
    const folder = this.folderOf(id);
    const isThere = this.#isOwn(folder);
    const known = this.#known.get(id);
    if (!isThere) return known ? this.#keep(known, null) : null;
    const stamp = stampOf(folder);
    if (known?.stamp !== stamp) return this.#read(id, folder);
    this.#unsettled.delete(id);
    return known;
  }

  /** Absolute; holds all of them. */
  get folder(): string {
    return this.#options.folder;
  }

  folderOf(id: string): string {
    return join(this.#options.folder, id);
  }

  mediaFolderOf(id: string): string {
    return join(this.folderOf(id), mediaFolderName);
  }

  /** @throws PlaylistError */
  create(name: string): StoredPlaylist {
    const id = this.#freeId(name);
    return this.#write(id, playlistSchema.parse({ name }));
  }

  /** @param revision the one the change was made from. @throws PlaylistError */
  save(id: string, revision: number, playlist: Playlist): StoredPlaylist {
    const before = this.#need(id);
    if (before.revision !== revision || this.#unsettled.has(id)) {
      throw new PlaylistError(
        'changed-meanwhile',
        'This playlist was changed elsewhere in the meantime. Open it again.',
      );
    }
    return this.#write(id, playlist);
  }

  /** With its media. @throws PlaylistError */
  delete(id: string): void {
    this.#need(id);
    this.#forget(id);
    try {
      rmSync(this.folderOf(id), { recursive: true, force: true });
    } catch (error) {
      throw this.#unwritable(id, error);
    }
  }

  /** What lies in its media folder, by name. Links are no media, and nor is anything where that folder is a link. */
  async media(id: string): Promise<readonly MediaFile[]> {
    const used = new Set(this.#need(id).playlist.items.map(mediaNameOf));
    const folder = this.mediaFolderOf(id);
    if (!(await this.#hasOwnMedia(id))) return [];
    const names = await readdir(folder).catch(() => [] as string[]);
    const files = await Promise.all(names.sort().map((name) => mediaFileOf(folder, name, used.has(name))));
    return files.filter((file) => file !== null);
  }

  /** Copies files and HTML folders into the playlist's media. @param paths absolute. @throws PlaylistError */
  async importMedia(id: string, paths: readonly string[]): Promise<Omit<ImportResult, 'view'>> {
    this.#need(id);
    const folder = this.mediaFolderOf(id);
    if (existsSync(folder) && !(await this.#hasOwnMedia(id))) {
      throw new PlaylistError('linked-media', 'The media folder of this playlist is a link. Put a real folder there.');
    }
    const added: MediaFile[] = [];
    const refused: { name: string; reason: RefusalReason }[] = [];
    for (const path of paths) {
      try {
        const { name, title } = await importMedia(path, {
          folder,
          ...(this.#options.freeBytes ? { freeBytes: this.#options.freeBytes } : {}),
        });
        const file = await mediaFileOf(folder, name, this.#uses(id, name));
        if (!file) throw new ImportRefusal('unreadable');
        added.push({ ...file, title });
      } catch (error) {
        refused.push({ name: basename(path), reason: error instanceof ImportRefusal ? error.reason : 'unreadable' });
      }
    }
    return { added, refused };
  }

  /** Deletes media that no item of the stored playlist uses. @param names that the operator agreed to */
  async removeUnused(id: string, names: readonly string[]): Promise<MediaRemoval> {
    this.#need(id);
    const folder = this.mediaFolderOf(id);
    return removeMedia(names, {
      folder,
      isUsed: (name) => this.#uses(id, name),
      find: async (name) => ((await this.#hasOwnMedia(id)) ? mediaFileOf(folder, name, false) : null),
    });
  }

  /** Copies a playlist into a folder, from which another kiosk can import it. @returns the new folder's name */
  async exportTo(id: string, target: string): Promise<string> {
    this.#need(id);
    let name = `vitrine-${id}`;
    for (let i = 2; existsSync(join(target, name)); i++) name = `vitrine-${id}-${i}`;
    try {
      await cp(this.folderOf(id), join(target, name), { recursive: true, filter: isExported, errorOnExist: true });
    } catch (error) {
      await rm(join(target, name), { recursive: true, force: true });
      throw new PlaylistError('unwritable', `The playlist could not be copied there: ${reasonOf(error)}.`);
    }
    return name;
  }

  /** Copies a playlist's folder, with the media its items use, into this kiosk. @throws PlaylistError */
  async importFrom(source: string): Promise<StoredPlaylist> {
    const file = readPlaylistFile(source);
    if (file.kind !== 'sound') {
      throw new PlaylistError('not-a-playlist', 'This folder holds no playlist that Vitrine can read.');
    }
    const id = this.#freeId(file.playlist.name);
    const partial = join(this.#options.folder, `${partialPrefix}${id}`);
    try {
      mkdirSync(join(partial, mediaFolderName), { recursive: true });
      for (const name of new Set(file.playlist.items.map(mediaNameOf))) {
        const from = join(source, mediaFolderName, name);
        if (await isPlainPath(source, from)) await copyMedium(from, join(partial, mediaFolderName, name));
      }
      writePlaylistFile(partial, file.playlist);
      await rename(partial, this.folderOf(id));
    } catch (error) {
      throw this.#unwritable(id, error);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    return this.#need(id);
  }

  #uses(id: string, name: string): boolean {
    return this.#need(id).playlist.items.some((item) => mediaNameOf(item) === name);
  }

  #hasOwnMedia(id: string): Promise<boolean> {
    return isPlainPath(this.#options.folder, this.mediaFolderOf(id));
  }

  #need(id: string): StoredPlaylist {
    const stored = this.get(id);
    if (stored && this.#isOwn(this.folderOf(id))) return stored;
    throw new PlaylistError('no-playlist', 'This playlist is no longer there.');
  }

  #read(id: string, folder: string): StoredPlaylist {
    const file = readPlaylistFile(folder);
    if (file.kind === 'sound') return this.#know(id, file.playlist, file.stamp, false);
    const known = this.#known.get(id);
    const empty = playlistSchema.parse({ name: id });
    if (file.kind === 'missing') {
      const kept = known && this.#keep(known, null);
      return kept ?? this.#know(id, empty, null, hasDamagedFile(folder));
    }
    const kept = this.#keep(known ?? this.#know(id, empty, null, true), file.stamp);
    if (kept) return kept;
    const keptAs = putPlaylistAside(folder, this.#options.now());
    this.#options.onIncident({ kind: 'damaged', id, keptAs, detail: file.detail });
    return this.#know(id, empty, stampOf(folder), true);
  }

  /**
   * A playlist whose file is missing or makes no sense now.
   *
   * @param stamp of what is in its place; null where there is nothing
   * @returns null, and forgets it, once that has been the same for long enough
   */
  #keep(known: StoredPlaylist, stamp: string | null): StoredPlaylist | null {
    const now = this.#options.clock.now();
    const found = this.#unsettled.get(known.id);
    if (found?.stamp !== stamp) this.#unsettled.set(known.id, { stamp, sinceMs: now });
    else if (now - found.sinceMs >= settledAfterMs) {
      this.#forget(known.id);
      return null;
    }
    return known;
  }

  #forget(id: string): void {
    this.#known.delete(id);
    this.#unsettled.delete(id);
  }

  #write(id: string, playlist: Playlist): StoredPlaylist {
    const folder = this.folderOf(id);
    try {
      mkdirSync(join(folder, mediaFolderName), { recursive: true });
      writePlaylistFile(folder, playlist);
    } catch (error) {
      throw this.#unwritable(id, error);
    }
    this.#options.onIncident({ kind: 'written', id });
    return this.#know(id, playlist, stampOf(folder), false);
  }

  #know(id: string, playlist: Playlist, stamp: string | null, damaged: boolean): StoredPlaylist {
    this.#revisions += 1;
    const known = { id, revision: this.#revisions, playlist, stamp, damaged };
    this.#unsettled.delete(id);
    this.#known.set(id, known);
    return known;
  }

  #unwritable(id: string, error: unknown): PlaylistError {
    this.#options.onIncident({ kind: 'unwritable', id, detail: String(error) });
    return new PlaylistError('unwritable', 'The playlist could not be saved. Check that the disk is not full.');
  }

  #ids(): string[] {
    return entriesOf(this.#options.folder)
      .filter((entry) => entry.isDirectory() && playlistIdSchema.safeParse(entry.name).success)
      .map(({ name }) => name);
  }

  #freeId(name: string): string {
    const slug = slugOf(name, 'playlist').slice(0, 34);
    let id = slug;
    for (let i = 2; existsSync(this.folderOf(id)); i++) id = `${slug}-${i}`;
    return id;
  }

  #isOwn(path: string): boolean {
    return isPlainPathNow(this.#options.folder, path);
  }

  /** Copies that were broken off by the end of the program. What cannot be cleared up stays. */
  #sweep(): void {
    const media = this.#ids().map((id) => this.mediaFolderOf(id));
    for (const place of [this.#options.folder, ...media.filter((folder) => this.#isOwn(folder))]) {
      const partial = entriesOf(place).filter(({ name }) => name.startsWith(partialPrefix));
      for (const { name } of partial) {
        try {
          rmSync(join(place, name), { recursive: true, force: true });
        } catch {
          // Of another account, or in use: the next start tries again.
        }
      }
    }
  }
}

/** @returns nothing where there is no such folder, or none that we may look into */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function mediaFileOf(folder: string, name: string, used: boolean): Promise<MediaFile | null> {
  const path = join(folder, name);
  const facts = await lstat(path).catch(() => null);
  if (facts?.isDirectory() && htmlFolderSchema.safeParse(name).success) {
    return { name, kind: 'html', title: titleOf(name), sizeBytes: await sizeOfFolder(path), used };
  }
  const type = mediaTypeOfName(name);
  if (!facts?.isFile() || type === null || !mediaNameSchema.safeParse(name).success) return null;
  return { name, kind: type.kind, title: titleOf(name), sizeBytes: facts.size, used };
}

async function sizeOfFolder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(({ parentPath, name }) => stat(join(parentPath, name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

/** A medium that is missing or not what it says is left out: its item is said to be broken, the others play. */
async function copyMedium(from: string, to: string): Promise<void> {
  const facts = await lstat(from).catch(() => null);
  if (!facts) return;
  if (facts.isFile() && (await mediaTypeOfFile(from)) === null) return;
  await cp(from, to, { recursive: true, filter: isRegular });
}

async function isRegular(path: string): Promise<boolean> {
  const facts = await lstat(path);
  return facts.isFile() || facts.isDirectory();
}

async function isExported(path: string): Promise<boolean> {
  return isWanted(path) && (await isRegular(path));
}

function isWanted(path: string): boolean {
  const name = basename(path);
  return !name.startsWith(partialPrefix) && !(name.startsWith('playlist.') && name !== playlistFileName);
}

function hasDamagedFile(folder: string): boolean {
  return entriesOf(folder).some(({ name }) => name.startsWith('playlist.damaged-'));
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'ENOSPC' ? 'the disk is full' : 'it cannot be written';
}
