import { z } from 'zod';

/** What the engine watches. Paths are absolute by the time they reach the engine. */
export const sourceSpecSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('demo') }),
  z.object({
    kind: z.literal('camera'),
    /** The stable name that `list-cameras` gave, not a number that changes with the order of plugging. */
    name: z.string().min(1).max(300),
    width: z.int().min(160).max(7680).optional(),
    height: z.int().min(120).max(4320).optional(),
    framesPerSecond: z.number().min(1).max(240).optional(),
  }),
  z.object({
    kind: z.literal('stream'),
    /** Without `//` there would be no host, and user and password could not be told from the rest. */
    url: z
      .url({ protocol: /^(rtsps?|https?)$/ })
      .regex(/^[a-z]+:\/\/[^/\\]/i)
      .max(2000),
  }),
  z.object({ kind: z.literal('video'), path: z.string().min(1).max(4096), loop: z.boolean().default(true) }),
  z.object({ kind: z.literal('images'), path: z.string().min(1).max(4096) }),
]);
export type SourceSpec = z.infer<typeof sourceSpecSchema>;

export interface CameraMode {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

export interface CameraInfo {
  readonly name: string;
  readonly label: string;
  readonly modes: readonly CameraMode[];
}

export const sourceStatuses = ['closed', 'opening', 'running', 'stalled', 'waiting', 'ended', 'failed'] as const;
/**
 * stalled: open but silent or frozen, about to be reopened. waiting: not there (unplugged, unreachable), retried
 * with back-off. ended: played to its end. failed: cannot be played at all and is not retried.
 */
export type SourceStatus = (typeof sourceStatuses)[number];

export interface SourceState {
  readonly status: SourceStatus;
  readonly kind: SourceSpec['kind'];
  /** For the status line: camera name, file name or host; never a whole path, never credentials. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** Attempts since it last ran; 0 while it runs. */
  readonly attempt: number;
  /** When the next attempt is due, ms since the epoch, or null. */
  readonly nextAttemptAtMs: number | null;
  /** Technical reason for the log, or null. */
  readonly detail: string | null;
}

/** What a source that waits says of a stream whose server answers, but with a no; by what an operator can do about it. */
export const streamAnswers = {
  refused: 'The user name or the password is wrong.',
  forbidden: 'The camera or server does not let this user watch.',
  unknown: 'The camera or server has nothing at this address; check the part after the host.',
} as const;
