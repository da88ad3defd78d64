import { basename } from 'node:path';
import type { ImportResult, PlaylistSummary, PlaylistView } from '../../contract/signage-ipc.ts';
import type { PlaylistStore, StoredPlaylist } from '../signage/playlist-store.ts';
import { PlaylistError } from '../signage/playlist-store.ts';
import type { Signage } from '../signage/signage.ts';
import type { RequestHandlers } from './request-router.ts';
import { RequestError } from './request-router.ts';
import { type FileServices, saved } from './saved-file.ts';

/** What the requests of the stage and of the editor act upon. */
export interface SignageServices extends FileServices {
  readonly signage: Signage;
  readonly playlists: PlaylistStore;
  /** The playlist of each screen. */
  readonly screens: () => Readonly<Record<string, string>>;
  /** @returns absolute paths that the operator chose; empty when it was cancelled */
  readonly chooseMedia: (kind: 'files' | 'html-folder') => Promise<readonly string[]>;
  readonly chooseFolder: () => Promise<string | null>;
  /** A playlist's file or media are others now. */
  readonly onChanged: (id: string) => void;
}

type SignageHandlers = Pick<RequestHandlers, Extract<keyof RequestHandlers, `signage:${string}` | `stage:${string}`>>;

export function signageHandlers(services: SignageServices): SignageHandlers {
  const { signage, playlists } = services;
  const view = (stored: StoredPlaylist) => viewOf(services, stored);
  const changed = async (stored: StoredPlaylist): Promise<PlaylistView> => {
    services.onChanged(stored.id);
    return view(stored);
  };
  const importInto = async (id: string, paths: readonly string[]): Promise<ImportResult> => {
    const { added, refused } = await playlists.importMedia(id, paths);
    return { added, refused, view: await changed(need(playlists, id)) };
  };
  return {
    'stage:state': (_, screen) => {
      const state = signage.state(screen);
      if (!state) throw new RequestError('no-screen', 'This screen plays nothing any more.');
      return state;
    },
    'stage:report': (report, screen) => {
      signage.report(screen, report);
      return null;
    },
    'signage:playlists': () => playlists.list().map((stored) => summaryOf(stored, services.screens())),
    'signage:playlist': ({ id }) => view(need(playlists, id)),
    'signage:create': ({ name }) => told(() => view(playlists.create(name))),
    'signage:save': ({ id, revision, playlist }) => told(() => changed(playlists.save(id, revision, playlist))),
    'signage:delete': ({ id }) =>
      told(() => {
        if (Object.values(services.screens()).includes(id)) {
          throw new RequestError('playlist-in-use', 'A screen plays this playlist. Give the screen another one first.');
        }
        playlists.delete(id);
        services.onChanged(id);
        return null;
      }),
    'signage:import-files': ({ id, paths }) => told(() => importInto(id, paths)),
    'signage:choose-files': ({ id, kind }) =>
      told(async () => {
        const paths = await services.chooseMedia(kind);
        return paths.length === 0 ? null : importInto(id, paths);
      }),
    'signage:remove-unused': ({ id, names }) =>
      told(async () => {
        const removal = await playlists.removeUnused(id, names);
        return { ...removal, view: await changed(need(playlists, id)) };
      }),
    'signage:export-playlist': ({ id }) =>
      told(async () => {
        const folder = await services.chooseFolder();
        return folder === null ? null : playlists.exportTo(id, folder);
      }),
    'signage:import-playlist': () =>
      told(async () => {
        const folder = await services.chooseFolder();
        return folder === null ? null : view(await playlists.importFrom(folder));
      }),
    'signage:save-poster': async () => {
      const path = await services.chooseSavePath('vitrine-notice.pdf', 'pdf');
      if (path === null) return null;
      await saved(() => services.printTo(path, false));
      return basename(path);
    },
    'signage:test-rule': ({ when }) => signage.test(when),
  };
}

function need(playlists: PlaylistStore, id: string): StoredPlaylist {
  const stored = playlists.get(id);
  if (!stored) throw new RequestError('no-playlist', 'This playlist is no longer there.');
  return stored;
}

function summaryOf(
  { id, playlist, damaged }: StoredPlaylist,
  screens: Readonly<Record<string, string>>,
): PlaylistSummary {
  const plays = Object.entries(screens).filter(([, playing]) => playing === id);
  return { id, name: playlist.name, items: playlist.items.length, damaged, screens: plays.map(([screen]) => screen) };
}

async function viewOf({ signage, playlists }: SignageServices, stored: StoredPlaylist): Promise<PlaylistView> {
  const { id, revision, playlist } = stored;
  return { id, revision, playlist, media: await playlists.media(id), problems: signage.problemsOf(stored) };
}

/** What a playlist's files refuse is the operator's to know. */
async function told<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlaylistError) throw new RequestError(error.code, error.message);
    throw error;
  }
}
