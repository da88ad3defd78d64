import type { Outcome } from '../../../contract/ipc.ts';
import type { Playlist, PlaylistItem } from '../../../contract/signage.ts';
import type { ImportResult, MediaFile, MediaRemoval, PlaylistView } from '../../../contract/signage-ipc.ts';
import { ask } from '../../bridge.ts';
import { errorText } from '../../error-text.ts';
import { addItems, changeItem, freshId, itemOf, replaceMedia } from './model/edit-playlist.ts';
import { type Edit, type History, record, redo, startHistory, undo } from './model/history.ts';
import { checkPlaylist } from './model/playlist-check.ts';

/** Typing is saved when it pauses for so long. */
const saveAfterMs = 700;

/**
 * A playlist while it is edited. Every edit that is allowed is saved by itself, and every one can be undone: so nothing
 * is lost, whatever the operator does next. What is not allowed yet stays here and says so.
 */
export class PlaylistDraft {
  #history = $state.raw<History<Playlist> | null>(null);
  media = $state.raw<readonly MediaFile[]>([]);
  problems = $state.raw<PlaylistView['problems']>([]);
  refused = $state.raw<ImportResult['refused']>([]);
  problem = $state('');
  saving = $state(false);
  /** The file on the disk is newer than what is edited here; nothing is saved until the operator has chosen. */
  conflict = $state(false);
  readonly id: string;
  readonly value = $derived(this.#history?.present ?? null);
  readonly check = $derived(this.value && checkPlaylist(this.value));
  readonly undoes = $derived(this.#history?.past.at(-1)?.kind ?? null);
  readonly redoes = $derived(this.#history?.future[0]?.kind ?? null);
  #revision = 0;
  /** As last read or saved: what an item that is not allowed now is saved as. */
  #stored: Playlist | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Something was edited and is not saved. */
  #waiting = false;
  /** One save at a time: each needs the revision of the one before. */
  #saves: Promise<void> = Promise.resolve();

  constructor(id: string) {
    this.id = id;
  }

  async load(): Promise<void> {
    const answer = await ask('signage:playlist', { id: this.id });
    if (!this.#take(answer)) return;
    this.conflict = false;
    this.#waiting = false;
    this.#history = startHistory(answer.value.playlist);
  }

  edit(change: (playlist: Playlist) => Playlist, edit: Edit): void {
    if (!this.#history) return;
    this.#history = record(this.#history, change(this.#history.present), edit, performance.now());
    this.#saveSoon();
  }

  undo(): void {
    if (!this.#history) return;
    this.#history = undo(this.#history);
    this.#saveSoon();
  }

  redo(): void {
    if (!this.#history) return;
    this.#history = redo(this.#history);
    this.#saveSoon();
  }

  /** From a dialog. @returns how many items were added */
  async choose(kind: 'files' | 'html-folder'): Promise<number> {
    return this.#add(await ask('signage:choose-files', { id: this.id, kind }));
  }

  /** Files and folders that were dropped, by their absolute paths. @returns how many items were added */
  async drop(paths: readonly string[]): Promise<number> {
    return this.#add(await ask('signage:import-files', { id: this.id, paths: [...paths] }));
  }

  /**
   * Another file in an item's place, from a dialog; how and when it is shown stays.
   *
   * @returns whether it was replaced; null where the operator chose none
   */
  async replace(item: PlaylistItem): Promise<boolean | null> {
    const kind = item.kind === 'html' ? 'html-folder' : 'files';
    const answer = await ask('signage:choose-files', { id: this.id, kind });
    this.problem = answer.ok ? '' : errorText(answer.error);
    if (!answer.ok || answer.value === null) return null;
    const { added, refused, view } = answer.value;
    this.refused = refused;
    this.#use(view);
    if (added.length === 0) return null;
    const change = replaceMedia(item, added);
    if (change) this.edit((playlist) => changeItem(playlist, item.id, change), { kind: 'change' });
    return change !== null;
  }

  /**
   * Files of the playlist's folder that no item uses.
   *
   * @param names that the operator agreed to
   * @returns null where it could not be done, which is said
   */
  async removeUnused(names: readonly string[]): Promise<MediaRemoval | null> {
    const answer = await ask('signage:remove-unused', { id: this.id, names: [...names] });
    this.problem = answer.ok ? '' : errorText(answer.error);
    if (!answer.ok) return null;
    this.#use(answer.value.view);
    return answer.value;
  }

  /** After a conflict: what is edited here replaces what is on the disk. */
  async keepMine(): Promise<void> {
    if (!this.#take(await ask('signage:playlist', { id: this.id }))) return;
    this.conflict = false;
    await this.flush();
  }

  /** Saves what waits, at once. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#saves = this.#saves.then(() => this.#save());
    await this.#saves;
  }

  #add(answer: Outcome<ImportResult | null>): number {
    this.problem = answer.ok ? '' : errorText(answer.error);
    if (!answer.ok || answer.value === null) return 0;
    const { added, refused, view } = answer.value;
    this.refused = refused;
    this.#use(view);
    this.edit((playlist) => added.reduce((all, file) => addItems(all, [itemOf(file, freshId(all))], null), playlist), {
      kind: 'add',
    });
    return added.length;
  }

  #saveSoon(): void {
    clearTimeout(this.#timer);
    this.#waiting = true;
    this.saving = true;
    this.#timer = setTimeout(() => void this.flush(), saveAfterMs);
  }

  async #save(): Promise<void> {
    const playlist = this.#waiting ? this.#savable() : null;
    if (playlist && !this.conflict) {
      this.#waiting = false;
      const answer = await ask('signage:save', { id: this.id, revision: this.#revision, playlist });
      if (!answer.ok) this.#waiting = true;
      this.conflict = !answer.ok && answer.error.code === 'changed-meanwhile';
      if (!this.conflict) this.#take(answer);
    }
    this.saving = false;
  }

  /** Everything that is allowed: an item with a value that is not stays as it was stored, and holds up nothing else. */
  #savable(): Playlist | null {
    // Not what is derived from it: that ends with the page, and the last edit is saved after it.
    const value = this.#history?.present;
    const check = value && checkPlaylist(value);
    if (!value || !check || check.valid) return check?.valid ?? null;
    const items = value.items.flatMap((item) => {
      if (!check.items.has(item.id)) return [item];
      const stored = this.#stored?.items.find(({ id }) => id === item.id);
      return stored ? [stored] : [];
    });
    return checkPlaylist({ ...value, items }).valid;
  }

  #take(answer: Outcome<PlaylistView>): answer is Extract<Outcome<PlaylistView>, { ok: true }> {
    this.problem = answer.ok ? '' : errorText(answer.error);
    if (answer.ok) this.#use(answer.value);
    return answer.ok;
  }

  #use({ revision, playlist, media, problems }: PlaylistView): void {
    this.#revision = revision;
    this.#stored = playlist;
    this.media = media;
    this.problems = problems;
  }
}
