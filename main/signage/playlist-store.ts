import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { cp, lstat, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Playlist } from '../../contract/signage.ts';
import { htmlFolderSchema, mediaNameSchema, playlistIdSchema, playlistSchema } from '../../contract/signage.ts';
import type { ImportResult, MediaFile, MediaRemoval, RefusalReason } from '../../contract/signage-ipc.ts';
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
 * place in memory until one is saved. A file that another program changed is read again.
 */
export class PlaylistStore {
  readonly #options: PlaylistStoreOptions;
  readonly #known = new Map<string, Known>();
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
    const folder = this.folderOf(id);
    if (!playlistIdSchema.safeParse(id).success || !this.#isOwn(folder)) {
      this.#known.delete(id);
      return null;
    }
    const known = this.#known.get(id);
    if (known && known.stamp === stampOf(folder)) return known;
    return this.#read(id, folder);
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
    if (before.revision !== revision) {
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
    this.#known.delete(id);
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
    if (!stored) throw new PlaylistError('no-playlist', 'This playlist is no longer there.');
    return stored;
  }

  #read(id: string, folder: string): StoredPlaylist {
    const file = readPlaylistFile(folder);
    if (file.kind === 'sound') return this.#know(id, file.playlist, file.stamp, false);
    let damaged = file.kind === 'missing' && hasDamagedFile(folder);
    if (file.kind === 'damaged') {
      damaged = true;
      const keptAs = putPlaylistAside(folder, this.#options.now());
      this.#options.onIncident({ kind: 'damaged', id, keptAs, detail: file.detail });
    }
    return this.#know(id, playlistSchema.parse({ name: id }), stampOf(folder), damaged);
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
    this.#known.set(id, known);
    return known;
  }

  #unwritable(id: string, error: unknown): PlaylistError {
    this.#options.onIncident({ kind: 'unwritable', id, detail: String(error) });
    return new PlaylistError('unwritable', 'The playlist could not be saved. Check that the disk is not full.');
  }

  #ids(): string[] {
    if (!existsSync(this.#options.folder)) return [];
    return readdirSync(this.#options.folder, { withFileTypes: true })
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

  /** Copies that were broken off by the end of the program. */
  #sweep(): void {
    if (!existsSync(this.#options.folder)) return;
    const places = [this.#options.folder, ...this.#ids().map((id) => this.mediaFolderOf(id))];
    for (const place of places.filter((folder) => folder === this.#options.folder || this.#isOwn(folder))) {
      for (const name of readdirSync(place)) {
        if (name.startsWith(partialPrefix)) rmSync(join(place, name), { recursive: true, force: true });
      }
    }
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
  return readdirSync(folder).some((name) => name.startsWith('playlist.damaged-'));
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'ENOSPC' ? 'the disk is full' : 'it cannot be written';
}
