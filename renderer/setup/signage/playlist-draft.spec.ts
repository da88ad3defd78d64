import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Playlist, playlistSchema } from '../../../contract/signage.ts';
import { Unsaved } from '../unsaved.ts';
import { PlaylistDraft } from './playlist-draft.svelte.ts';

let stored: Playlist;
let revision: number;
let locked: boolean;
let asked: string[];
let unsaved: Unsaved;
let draft: PlaylistDraft;

/** Main, as far as an editor sees it: it takes a while, and takes nothing once the lock is closed. */
async function request(channel: string, argument?: { revision: number; playlist: Playlist }): Promise<unknown> {
  asked.push(channel);
  const refused = locked || (channel === 'signage:save' && argument?.revision !== revision);
  if (channel === 'operator:lock') locked = true;
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (refused) return { ok: false, error: { code: locked ? 'locked' : 'changed-meanwhile', message: 'No.' } };
  if (channel === 'signage:save' && argument) {
    stored = argument.playlist;
    revision += 1;
  }
  return { ok: true, value: { id: 'window', revision, playlist: stored, media: [], problems: [] } };
}

const rename = (name: string) => draft.edit((playlist) => ({ ...playlist, name }), { kind: 'change', key: 'name' });

beforeEach(async () => {
  stored = playlistSchema.parse({ name: 'Window' });
  revision = 1;
  locked = false;
  asked = [];
  vi.stubGlobal('window', { vitrine: { request } });
  unsaved = new Unsaved();
  draft = new PlaylistDraft('window');
  await draft.load();
  asked = [];
  return () => vi.unstubAllGlobals();
});

describe('an edit right before set-up is left', () => {
  it.each(['the editor', 'set-up'])('is saved before the lock is closed, also where %s ends first', async (first) => {
    const end = unsaved.add(() => draft.flush());
    rename('Sale');
    if (first === 'the editor') end();
    const left = unsaved.lock();
    if (first === 'set-up') end();
    await left;
    expect(stored.name).toBe('Sale');
    expect(asked).toEqual(['signage:save', 'operator:lock']);
  });

  it('is saved after the edit that is just being saved', async () => {
    const end = unsaved.add(() => draft.flush());
    rename('Sale');
    const saving = draft.flush();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    rename('Sale of the year');
    end();
    await unsaved.lock();
    await saving;
    expect(stored.name).toBe('Sale of the year');
    expect(asked).toEqual(['signage:save', 'signage:save', 'operator:lock']);
  });

  it('does not keep the lock open when it cannot be saved', async () => {
    unsaved.add(() => draft.flush());
    revision += 1;
    rename('Sale');
    await unsaved.lock();
    expect(draft.conflict).toBe(true);
    expect(locked).toBe(true);
  });
});

it('a playlist that was only looked at is not written', async () => {
  unsaved.add(() => draft.flush())();
  await unsaved.lock();
  expect(asked).toEqual(['operator:lock']);
});
