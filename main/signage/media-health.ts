import { type FailureReason, mostItems, type PlaylistItem } from '../../contract/signage.ts';
import type { ItemProblem } from '../../contract/signage-ipc.ts';
import type { Clock } from '../vision/clock.ts';
import { isMediaThere, mediaNameOf, mediaStampOf } from './playlist-file.ts';
import type { PlaylistStore, StoredPlaylist } from './playlist-store.ts';

/** An item that failed is tried again after this long: its file may have been put right. */
const failedForMs = 60_000;
/** Names that no playlist has any more are forgotten with all others once there are so many. */
export const mostKnown = 4 * mostItems;
/** Whether a file is there is asked of the disk at most so often, ms. */
const lookAtDiskMs = 3_000;

export interface MediaHealthOptions {
  readonly playlists: PlaylistStore;
  readonly clock: Clock;
  /** An item that was to be shown cannot be. */
  readonly onItemFailed: (playlist: StoredPlaylist, item: PlaylistItem, reason: FailureReason) => void;
}

/** What a look at the disk found. */
interface Look {
  readonly atMs: number;
  /** Null = it is not there. */
  readonly stamp: string | null;
  /** The last stamp that was the same at two looks, or at the first. */
  readonly version: string | null;
}

/** Which items can be shown: their files are there, and no page has failed to show them lately. */
export class MediaHealth {
  readonly #options: MediaHealthOptions;
  readonly #failures = new Map<string, { readonly untilMs: number; readonly reason: FailureReason }>();
  readonly #looks = new Map<string, Look>();

  constructor(options: MediaHealthOptions) {
    this.#options = options;
  }

  /** Playlists or media are others now: everything is looked at anew. */
  forget(): void {
    this.#looks.clear();
    this.#failures.clear();
  }

  isPlayable(playlist: string, item: PlaylistItem): boolean {
    const key = itemKey(playlist, item.id);
    const failure = this.#failures.get(key);
    if (failure && failure.untilMs > this.#options.clock.now()) return false;
    if (failure) this.#failures.delete(key);
    return this.isThere(playlist, item);
  }

  failed(playlist: string, item: PlaylistItem, reason: FailureReason): void {
    if (this.#failures.size >= mostKnown) this.#failures.clear();
    this.#failures.set(itemKey(playlist, item.id), { untilMs: this.#options.clock.now() + failedForMs, reason });
    this.#tell(playlist, item, reason);
  }

  /** Items of a playlist that cannot be shown now: somebody asks, so the disk is asked. */
  problemsOf({ id, playlist }: StoredPlaylist): readonly ItemProblem[] {
    const folder = this.#options.playlists.folderOf(id);
    return playlist.items.flatMap((item): ItemProblem[] => {
      if (!isMediaThere(folder, item)) return [{ item: item.id, reason: 'missing' }];
      const failure = this.#failures.get(itemKey(id, item.id));
      return failure ? [{ item: item.id, reason: failure.reason }] : [];
    });
  }

  /** Whether its file is there; asked of the disk now and then. */
  isThere(playlist: string, item: PlaylistItem): boolean {
    return this.#look(playlist, item).stamp !== null;
  }

  /** Another one when its media are; not while they are being written, since half a picture is no picture. */
  versionOf(playlist: string, item: PlaylistItem): string {
    return this.#look(playlist, item).version ?? '';
  }

  #look(playlist: string, item: PlaylistItem): Look {
    const key = itemKey(playlist, mediaNameOf(item));
    const now = this.#options.clock.now();
    const known = this.#looks.get(key);
    if (known && now - known.atMs < lookAtDiskMs) return known;
    const stamp = mediaStampOf(this.#options.playlists.folderOf(playlist), item);
    const look = { atMs: now, stamp, version: known && known.stamp !== stamp ? known.version : stamp };
    if (this.#looks.size >= mostKnown) this.#looks.clear();
    this.#looks.set(key, look);
    if (stamp === null && known?.stamp !== null) this.#tell(playlist, item, 'missing');
    return look;
  }

  #tell(playlist: string, item: PlaylistItem, reason: FailureReason): void {
    const stored = this.#options.playlists.get(playlist);
    if (stored) this.#options.onItemFailed(stored, item, reason);
  }
}

/** An item among those of all playlists; the same name is used in reports. */
export function itemKey(playlist: string, item: string): string {
  return `${playlist}/${item}`;
}
