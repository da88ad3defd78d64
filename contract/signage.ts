import { z } from 'zod';
import { audienceRuleSchema } from './signage-rules.ts';
import { scheduleSchema } from './signage-schedule.ts';

/** The version of a playlist file's layout. */
export const playlistVersion = 1;

/** Most items of one playlist. */
export const mostItems = 500;

/** The folder name of a playlist, and the host of its media's addresses. */
export const playlistIdSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);

export const itemIdSchema = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** A name directly in the playlist's `media` folder: of a picture or a film, or of the folder of an HTML item. */
export const mediaNameSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}$/);

/** The folder of an HTML item; it becomes part of a host name, so it has no dots. */
export const htmlFolderSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);

export const fits = ['contain', 'cover', 'stretch'] as const;
export type Fit = (typeof fits)[number];
export const transitionKinds = ['cut', 'fade', 'slide'] as const;
export type TransitionKind = (typeof transitionKinds)[number];

/** How the item comes in over the one before it; `cut` takes no time whatever `ms` says. */
const transitionSchema = z.object({
  kind: z.enum(transitionKinds).default('fade'),
  ms: z.int().min(0).max(5_000).default(600),
});

const longestMs = 24 * 60 * 60 * 1000;
const durationMs = z.int().min(1_000).max(longestMs);

const common = {
  id: itemIdSchema,
  /** For the editor and for reports; the page never shows it to the audience. */
  name: z.string().trim().min(1).max(120),
  enabled: z.boolean().default(true),
  transition: transitionSchema.prefault({}),
  schedule: scheduleSchema.prefault({}),
  /** Null = no rule: the item takes its turn in the rotation. */
  audience: audienceRuleSchema.nullable().default(null),
  /** Of the items that are due only those of the highest priority play; a higher one cuts in. */
  priority: z.int().min(0).max(9).default(0),
  /** How often it comes in one round of the playlist. */
  weight: z.int().min(1).max(10).default(1),
};

export const imageItemSchema = z.object({
  kind: z.literal('image'),
  ...common,
  file: mediaNameSchema,
  fit: z.enum(fits).default('contain'),
  durationMs: durationMs.default(10_000),
});

export const videoItemSchema = z.object({
  kind: z.literal('video'),
  ...common,
  file: mediaNameSchema,
  fit: z.enum(fits).default('contain'),
  /** Null = to the film's own end. A longer time repeats the film, a shorter one cuts it. */
  durationMs: durationMs.nullable().default(null),
  /** 0 = silent. */
  volume: z.number().min(0).max(1).default(0),
});

export const htmlItemSchema = z.object({
  kind: z.literal('html'),
  ...common,
  /** Its folder in `media`; `index.html` in there is shown. */
  folder: htmlFolderSchema,
  durationMs: durationMs.default(15_000),
});

export const playlistItemSchema = z.discriminatedUnion('kind', [imageItemSchema, videoItemSchema, htmlItemSchema]);
export type PlaylistItem = z.infer<typeof playlistItemSchema>;
export type ImageItem = z.infer<typeof imageItemSchema>;
export type VideoItem = z.infer<typeof videoItemSchema>;
export type HtmlItem = z.infer<typeof htmlItemSchema>;

/** `playlist.json` in the playlist's folder. Names no path outside that folder, so the folder can be copied. */
export const playlistSchema = z.object({
  version: z.literal(playlistVersion).default(playlistVersion),
  name: z.string().trim().min(1).max(80),
  /** However urgent another item is: one that has begun is shown at least this long, so that the screen never flickers. */
  leastShowMs: z.int().min(1_000).max(60_000).default(3_000),
  items: z
    .array(playlistItemSchema)
    .max(mostItems)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, 'two items have the same id')
    .default([]),
});
export type Playlist = z.infer<typeof playlistSchema>;

/** The screen of the main window, on whichever display it is; every other screen goes by Electron's display id. */
export const mainScreen = 'main';
export const screenIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,50}$/);

export const liveViewPlaces = ['off', 'corner', 'cover'] as const;
export const screenCorners = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;
export type ScreenCorner = (typeof screenCorners)[number];

/** The `signage` section of the settings. */
export const signageSettingsSchema = z.object({
  /** `off`: the main window shows the live view, as without signage. `stage`: it plays its playlist. */
  mode: z.enum(['off', 'stage']).default('off'),
  liveView: z
    .object({
      /** `cover`: the live view fills the main screen over the content; nothing plays there meanwhile. */
      place: z.enum(liveViewPlaces).default('off'),
      corner: z.enum(screenCorners).default('bottom-right'),
    })
    .prefault({}),
  /** The notice for passers-by on the stage. */
  notice: z
    .object({
      /** `always`: a line at the edge that stays. `interval`: it comes back every so often. */
      show: z.enum(['always', 'interval']).default('interval'),
      everyMinutes: z.int().min(1).max(240).default(5),
      forSeconds: z.int().min(5).max(120).default(15),
    })
    .prefault({}),
  /** Who runs this screen and how to reach them, for the printed notice. */
  poster: z
    .object({
      operator: z.string().trim().max(200).default(''),
      contact: z.string().trim().max(200).default(''),
    })
    .prefault({}),
  /** An IANA name such as `Europe/Berlin`; null = the machine's. */
  timeZone: z.string().max(60).refine(isTimeZone, 'is not a time zone').nullable().default(null),
  /** Off, as it should be: somebody read as a minor counts for no rule. */
  minorsTrigger: z.boolean().default(false),
  /** Which playlist plays on which screen; a screen that is not named shows the built-in slide (main) or nothing. */
  screens: z.record(screenIdSchema, playlistIdSchema).default({}),
});
export type SignageSettings = z.infer<typeof signageSettingsSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Why an item plays. */
export const playReasons = ['schedule', 'rule', 'default'] as const;
/** `default`: nothing else was due or could be shown (the built-in slide). */
export type PlayReason = (typeof playReasons)[number];

/** What the page renders for one play. */
export interface StageItem {
  readonly playlist: string;
  readonly id: string;
  /** `built-in`: the slide that comes with the application; it cannot fail. */
  readonly kind: PlaylistItem['kind'] | 'built-in';
  /** Address of the picture, the film or the HTML item's page; null for the built-in slide. */
  readonly url: string | null;
  readonly fit: Fit;
  readonly transition: { readonly kind: TransitionKind; readonly ms: number };
  readonly volume: number;
  /** A film is played again from its beginning until the play is over. */
  readonly loop: boolean;
}

export interface StagePlay {
  /** Counts up while the application runs; the page's reports name it. */
  readonly play: number;
  readonly item: StageItem;
  readonly reason: PlayReason;
  /** How long it will be shown, ms; null = a film to its own end. */
  readonly durationMs: number | null;
  /** Ms of the play that are over already: more than 0 only for a page that was loaded anew in the middle of it. */
  readonly offsetMs: number;
}

/**
 * What one screen has to show. The page shows `current` as soon as it can be shown without a gap (what it showed until
 * then stays in place), and prepares `next`. It never goes on by itself: main answers its reports with a new state.
 */
export interface StageState {
  readonly screen: string;
  /** Counts up with every state of this screen. */
  readonly revision: number;
  /** Null: nothing plays on this screen (signage is off, or the live view covers it). */
  readonly current: StagePlay | null;
  readonly next: StagePlay | null;
}

export const failureReasons = ['missing', 'unplayable', 'stalled'] as const;
export type FailureReason = (typeof failureReasons)[number];

/** What a page tells of a play. */
export const stageReportSchema = z.discriminatedUnion('kind', [
  /** It is on screen (a transition has begun). `mediaMs`: length of a film where known. */
  z.object({
    kind: z.literal('started'),
    play: z.int().min(0),
    mediaMs: z.number().min(0).max(longestMs).nullable().default(null),
  }),
  /** A film that is not repeated came to its own end; its last picture stays until the next state. */
  z.object({ kind: z.literal('ended'), play: z.int().min(0) }),
  /** It cannot be shown, or broke off. May be said of `next` too. */
  z.object({ kind: z.literal('failed'), play: z.int().min(0), reason: z.enum(failureReasons) }),
]);
export type StageReport = z.infer<typeof stageReportSchema>;

/** Schemes under which the playlist's files are served to the page. */
export const mediaScheme = 'signage';
export const htmlScheme = 'signage-html';

/** @returns the address of a picture or film of a playlist, for `<img>` and `<video>` */
export function mediaUrl(playlist: string, file: string): string {
  return `${mediaScheme}://${playlist}/${encodeURIComponent(file)}`;
}

/** @returns the address of an HTML item's page: an origin of its own, to be shown in `<iframe sandbox="allow-scripts">` */
export function htmlUrl(playlist: string, folder: string): string {
  return `${htmlScheme}://${folder}.${playlist}/index.html`;
}

/**
 * @param version of its files: with others under the same name the address is another, and the page loads them
 * @returns an item as a layer of the page shows it
 */
export function stageItemOf(playlist: string, item: PlaylistItem, version = ''): StageItem {
  const isFilm = item.kind === 'video';
  const url = item.kind === 'html' ? htmlUrl(playlist, item.folder) : mediaUrl(playlist, item.file);
  return {
    playlist,
    id: item.id,
    kind: item.kind,
    url: version === '' ? url : `${url}?${version}`,
    fit: item.kind === 'html' ? 'contain' : item.fit,
    transition: item.transition,
    volume: isFilm ? item.volume : 0,
    loop: isFilm && item.durationMs !== null,
  };
}
