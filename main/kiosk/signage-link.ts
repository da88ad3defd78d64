import { join } from 'node:path';
import type { Settings } from '../../contract/settings.ts';
import type { StageState } from '../../contract/signage.ts';
import type { CounterIncrement } from '../audience/counters.ts';
import type { Log } from '../log/log.ts';
import type { ProblemRegistry } from '../problems/problem-registry.ts';
import type { PlaylistIncident } from '../signage/playlist-store.ts';
import { PlaylistStore } from '../signage/playlist-store.ts';
import { Signage } from '../signage/signage.ts';
import { systemClock } from '../vision/clock.ts';

export interface SignageLinkOptions {
  /** The data folder; playlists lie below it. */
  readonly folder: string;
  readonly settings: () => Settings;
  readonly problems: ProblemRegistry;
  readonly log: Log;
  readonly isResting: () => boolean;
  readonly onState: (state: StageState) => void;
  readonly onPlayed: (increments: readonly CounterIncrement[]) => void;
  /** For the editor. */
  readonly onChanged: (playlist: string) => void;
}

/** The signage in the running application: its files, and what is said on screen when something is wrong with them. */
export class SignageLink {
  readonly playlists: PlaylistStore;
  readonly signage: Signage;
  readonly #options: SignageLinkOptions;

  constructor(options: SignageLinkOptions) {
    this.#options = options;
    const { problems, log } = options;
    this.playlists = new PlaylistStore({
      folder: join(options.folder, 'playlists'),
      now: () => new Date(),
      clock: systemClock,
      onIncident: (incident) => this.#say(incident),
    });
    this.signage = new Signage({
      playlists: this.playlists,
      settings: options.settings,
      clock: systemClock,
      wallNow: Date.now,
      isResting: options.isResting,
      onState: options.onState,
      onItemFailed: ({ playlist }, item, reason) => {
        log('warn', `“${item.name}” in the playlist “${playlist.name}” cannot be shown: ${reason}.`);
      },
      onFailing: (latest) => {
        if (latest) problems.raise('signage-media', { item: latest.item.name, playlist: latest.playlistName });
        else problems.clear('signage-media');
      },
      onPlayed: options.onPlayed,
    });
  }

  /** A playlist was saved, or its media are others. */
  changed(playlist: string): void {
    this.signage.changed(playlist);
    this.#options.onChanged(playlist);
  }

  #say(incident: PlaylistIncident): void {
    const { problems, log } = this.#options;
    switch (incident.kind) {
      case 'damaged':
        log('error', 'A playlist is damaged and was put aside.', incident);
        problems.raise('signage-playlist-damaged', { playlist: incident.id });
        break;
      case 'unwritable':
        log('error', 'A playlist cannot be written.', incident);
        problems.raise('signage-unwritable');
        break;
      case 'written':
        problems.clear('signage-unwritable');
        break;
    }
  }
}
