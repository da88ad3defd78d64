import { z } from 'zod';
import type { FailureReason, Playlist, StageState } from './signage.ts';
import { mediaNameSchema, playlistIdSchema, playlistSchema, stageReportSchema } from './signage.ts';
import { conditionGroupSchema } from './signage-rules.ts';

/** Most files that are removed at once. */
export const mostRemoved = 1_000;

const ofPlaylist = z.object({ id: playlistIdSchema });

/** Requests of the stage (any page of ours) and of the editor (operator only). */
export const signageRequestSchemas = {
  /** What the page's screen has to show now; asked for by each page when it has loaded. */
  'stage:state': z.undefined(),
  'stage:report': stageReportSchema,

  'signage:playlists': z.undefined(),
  'signage:playlist': ofPlaylist,
  'signage:create': z.object({ name: z.string().trim().min(1).max(80) }),
  /** `revision` as last read or saved: a file that was changed in between is not overwritten (`changed-meanwhile`). */
  'signage:save': z.object({ id: playlistIdSchema, revision: z.int().min(0), playlist: playlistSchema }),
  /** Refused (`playlist-in-use`) while a screen is to play it. */
  'signage:delete': ofPlaylist,
  /** Absolute paths of dropped files and folders (`bridge.pathOf`). Copied into the playlist's media, not yet into items. */
  'signage:import-files': ofPlaylist.extend({ paths: z.array(z.string().min(1).max(4096)).min(1).max(200) }),
  /** The same from a dialog; null when it was cancelled. */
  'signage:choose-files': ofPlaylist.extend({ kind: z.enum(['files', 'html-folder']) }),
  /** The names that the operator was shown and agreed to. Each is checked again, and what is in use by then stays. */
  'signage:remove-unused': ofPlaylist.extend({ names: z.array(mediaNameSchema).min(1).max(mostRemoved) }),
  /** Copies the whole playlist into a folder that the operator chooses. */
  'signage:export-playlist': ofPlaylist,
  /** Copies a playlist's folder that the operator chooses, from another kiosk for example, into this one. */
  'signage:import-playlist': z.undefined(),
  /** Opens the save dialog and prints the notice that the page has laid out to a PDF of one A4 sheet. */
  'signage:save-poster': z.undefined(),
  /** Whether a condition holds now. Ask again about twice a second with the same condition: its windows fill up meanwhile. */
  'signage:test-rule': z.object({ when: conditionGroupSchema }),
} as const;

export const signageOperatorChannels = [
  'signage:playlists',
  'signage:playlist',
  'signage:create',
  'signage:save',
  'signage:delete',
  'signage:import-files',
  'signage:choose-files',
  'signage:remove-unused',
  'signage:export-playlist',
  'signage:import-playlist',
  'signage:save-poster',
  'signage:test-rule',
] as const satisfies readonly (keyof typeof signageRequestSchemas)[];

export interface PlaylistSummary {
  readonly id: string;
  readonly name: string;
  readonly items: number;
  /** The file could not be read; it was put aside and an empty playlist stands in its place. */
  readonly damaged: boolean;
  /** The screens that the settings have it play on. */
  readonly screens: readonly string[];
}

export interface MediaFile {
  /** In the playlist's `media` folder; what an item's `file` or `folder` says. */
  readonly name: string;
  readonly kind: 'image' | 'video' | 'html';
  /** The file's name before it was imported, for the item's name; where that is not known, `name`. */
  readonly title: string;
  readonly sizeBytes: number;
  /** Whether an item of the stored playlist uses it. */
  readonly used: boolean;
}

export interface ItemProblem {
  readonly item: string;
  readonly reason: FailureReason;
}

export interface PlaylistView {
  readonly id: string;
  readonly revision: number;
  readonly playlist: Playlist;
  readonly media: readonly MediaFile[];
  /** Items that cannot be played: their file is not there, or the page could not show it. */
  readonly problems: readonly ItemProblem[];
}

export const refusalReasons = ['not-media', 'too-large', 'disk-full', 'unreadable', 'no-index-html'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export interface ImportResult {
  /** In the order in which they were given; a file that was there already is named again and not copied. */
  readonly added: readonly MediaFile[];
  readonly refused: readonly { readonly name: string; readonly reason: RefusalReason }[];
  /** With the media as they are now. */
  readonly view: PlaylistView;
}

export const keptReasons = ['in-use', 'gone', 'not-media', 'not-removable'] as const;
/**
 * in-use: an item uses it by now. gone: it was not there any more. not-media: a link, or something else that is not
 * listed. not-removable: the system refused.
 */
export type KeptReason = (typeof keptReasons)[number];

export interface MediaRemoval {
  readonly removed: readonly string[];
  readonly freedBytes: number;
  readonly kept: readonly { readonly name: string; readonly reason: KeptReason }[];
}

/** How one condition of a rule stands. */
export interface LeafTest {
  /** Its value: people, a share 0..1, or seconds; null = there is nobody to have one. */
  readonly value: number | null;
  readonly holds: boolean;
  /** The operator has switched its attribute off, so that it never holds. */
  readonly switchedOff: boolean;
}

export interface RuleTest {
  readonly holds: boolean;
  /** In the order of `leavesOf`. */
  readonly leaves: readonly LeafTest[];
  /** Who is there, as rules count them. */
  readonly passersBy: number;
  readonly watchers: number;
  /** In view but not counted, because they are read as minors. */
  readonly minors: number;
  /** No result has come from the engine for some time: for rules, nobody is there. */
  readonly stale: boolean;
}

export interface SignageRequestResults {
  'stage:state': StageState;
  'stage:report': null;
  'signage:playlists': readonly PlaylistSummary[];
  'signage:playlist': PlaylistView;
  'signage:create': PlaylistView;
  'signage:save': PlaylistView;
  'signage:delete': null;
  'signage:import-files': ImportResult;
  'signage:choose-files': ImportResult | null;
  'signage:remove-unused': MediaRemoval & { readonly view: PlaylistView };
  /** Name of the folder that was written, or null when cancelled. */
  'signage:export-playlist': string | null;
  'signage:import-playlist': PlaylistView | null;
  /** Name of the file that was written, or null when cancelled. */
  'signage:save-poster': string | null;
  'signage:test-rule': RuleTest;
}

export interface SignageEvents {
  /** What a screen has to show; sent to the page of that screen. */
  'stage-state': StageState;
  /** A playlist's file, media or problems have changed: ask for it again. */
  'playlist-changed': { readonly id: string };
}
