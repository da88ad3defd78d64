import { z } from 'zod';
import type { FrameResult } from './frame-result.ts';
import type { InsightsRequestResults } from './insights-ipc.ts';
import { insightsOperatorChannels, insightsRequestSchemas } from './insights-ipc.ts';
import type { Problem } from './problems.ts';
import { problemCodes } from './problems.ts';
import type { RequestErrorCode } from './request-errors.ts';
import type { PublicSettings } from './settings.ts';
import { publicSettingsSchema } from './settings.ts';
import type { SignageEvents, SignageRequestResults } from './signage-ipc.ts';
import { signageOperatorChannels, signageRequestSchemas } from './signage-ipc.ts';
import type { CameraInfo, SourceState } from './source.ts';
import type { LiveCounters, StoredContents } from './statistics.ts';

/** An error that crosses the process boundary as data. `message` says it in English, for whoever reads no catalogue. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: { readonly code: RequestErrorCode; readonly message: string } };

export interface DisplayInfo {
  readonly id: string;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly primary: boolean;
}

export interface ApplicationInfo {
  readonly version: string;
  readonly runtime: string;
  readonly detector: string | null;
  readonly attributes: string | null;
  readonly dataFolder: string;
}

/** Everything the live view needs to draw its first picture. */
export interface KioskSnapshot {
  readonly settings: PublicSettings;
  readonly source: SourceState;
  readonly problems: readonly Problem[];
  readonly counters: LiveCounters;
  readonly pinChosen: boolean;
  /** It is not time for the panel to be on: the page is black. */
  readonly panelOff: boolean;
  readonly info: ApplicationInfo;
}

const pin = z.string().regex(/^\d{4,12}$/);

/**
 * Requests of the renderer, with the schema of each one's single argument. Those of `operatorChannels` are refused
 * until the PIN has been given (or while none has been chosen yet).
 */
export const requestSchemas = {
  'kiosk:snapshot': z.undefined(),
  'operator:unlock': z.object({ pin }),
  'operator:lock': z.undefined(),
  'operator:choose-pin': z.object({ pin }),
  'operator:leave': z.undefined(),
  'settings:save': publicSettingsSchema,
  'cameras:list': z.undefined(),
  'displays:list': z.undefined(),
  'source:choose-file': z.object({ kind: z.enum(['video', 'images']) }),
  'statistics:stored': z.undefined(),
  'problems:dismiss': z.object({ code: z.enum(problemCodes) }),
  ...insightsRequestSchemas,
  ...signageRequestSchemas,
} as const;
export type RequestChannel = keyof typeof requestSchemas;

export const operatorChannels: readonly RequestChannel[] = [
  'operator:choose-pin',
  'operator:leave',
  'settings:save',
  'cameras:list',
  'displays:list',
  'source:choose-file',
  'statistics:stored',
  ...insightsOperatorChannels,
  ...signageOperatorChannels,
];

/** All that the page of a further screen may ask: it plays, and nothing can be set or read there. */
export const stageChannels: readonly RequestChannel[] = ['kiosk:snapshot', 'stage:state', 'stage:report'];

export interface RequestResults extends InsightsRequestResults, SignageRequestResults {
  'kiosk:snapshot': KioskSnapshot;
  /** False = wrong PIN; an Outcome error `too-many-tries` while the lock waits. */
  'operator:unlock': boolean;
  'operator:lock': null;
  'operator:choose-pin': null;
  'operator:leave': null;
  'settings:save': PublicSettings;
  'cameras:list': readonly CameraInfo[];
  'displays:list': readonly DisplayInfo[];
  /** Absolute path, or null when the operator cancelled. */
  'source:choose-file': string | null;
  'statistics:stored': StoredContents;
  'problems:dismiss': null;
}

export type RequestArgument<Channel extends RequestChannel> = z.input<(typeof requestSchemas)[Channel]>;

/** Sent by main to the renderer. Preview pictures take a message port of their own, see `previewPortMessage`. */
export interface KioskEvents extends SignageEvents {
  'frame-result': FrameResult;
  'source-state': SourceState;
  problems: readonly Problem[];
  counters: LiveCounters;
  settings: PublicSettings;
  'panel-off': boolean;
  /** The key chord for set-up was pressed (main sees it also where the page would not). */
  'open-setup': null;
  /** Asks the page whether it still draws, where no result has been sent to it lately; the answer is `bridge.alive`. */
  pulse: null;
}
export type KioskEventName = keyof KioskEvents;

/** The window message by which the preload hands the page the port on which `PreviewPicture`s arrive. */
export const previewPortMessage = 'vitrine:preview-port';

/** The one bridge, `window.vitrine`. */
export interface VitrineBridge {
  request<Channel extends RequestChannel>(
    channel: Channel,
    ...argument: RequestArgument<Channel> extends undefined ? [] : [RequestArgument<Channel>]
  ): Promise<Outcome<RequestResults[Channel]>>;
  /** @returns a function that ends the subscription */
  on<Name extends KioskEventName>(name: Name, listener: (payload: KioskEvents[Name]) => void): () => void;
  /** Asks main for preview pictures (the port follows by window message) or ends them. */
  setPreview(enabled: boolean, maxHeight: number): void;
  /** Tells main that a result has been drawn: latency figures and the watchdog for a frozen page rest on it. */
  drawn(sequence: number): void;
  /** The answer to `pulse`, once a picture has been drawn that shows something. */
  alive(): void;
  /** Lets go of decoded pictures that are not on screen, which Chromium would keep for a long time. */
  dropPictures(): void;
  /** @returns the absolute path of a file that was dropped on the page; empty for one that is not on the disk */
  pathOf(file: File): string;
}
