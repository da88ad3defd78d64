/**
 * Everything that can be wrong with a request, told as data to the page that asked. The renderer holds one plain
 * sentence per code and language: a code that is added here does not compile until it has them.
 */
export const requestErrorCodes = [
  'locked',
  'too-many-tries',
  'bad-request',
  'unknown-request',
  'not-allowed',
  'not-dismissible',
  'no-engine',
  'no-screen',
  'bad-range',
  'too-many-plays',
  'statistics-unreadable',
  'disk-full',
  'not-writable',
  'unwritable',
  'no-playlist',
  'not-a-playlist',
  'playlist-in-use',
  'changed-meanwhile',
  'linked-media',
  'internal',
  /** Said by the page itself, where no answer came. */
  'unavailable',
] as const;
export type RequestErrorCode = (typeof requestErrorCodes)[number];
