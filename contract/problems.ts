/** What can be wrong with the source. */
export const sourceProblemCodes = [
  'source-missing',
  'pictures-missing',
  'source-stalled',
  'source-broken',
  'camera-denied',
  'stream-refused',
  'stream-unknown',
] as const;

/**
 * Everything that can be wrong and is said on screen. The renderer holds one plain sentence per code and language;
 * technical detail goes to the log only.
 */
export const problemCodes = [
  ...sourceProblemCodes,
  'detector-unavailable',
  'attributes-unavailable',
  'engine-restarting',
  'engine-given-up',
  'settings-damaged',
  'settings-unwritable',
  'start-at-login-failed',
  'statistics-damaged',
  'statistics-unwritable',
  'statistics-paused',
  'renderer-restarted',
  'signage-media',
  'signage-playlist-damaged',
  'signage-unwritable',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export interface Problem {
  readonly code: ProblemCode;
  /** `notice` can be waved away by the operator, the others stay until the cause is gone. */
  readonly severity: 'notice' | 'warning' | 'error';
  /** Ms since the epoch. */
  readonly sinceMs: number;
  /** Short facts to put into the sentence (file name, camera label). Never a whole path. */
  readonly params: Readonly<Record<string, string>>;
}
