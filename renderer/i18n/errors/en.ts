import type { RequestErrorCode } from '../../../contract/request-errors.ts';

export type ErrorTexts = Readonly<Record<RequestErrorCode, string>>;

export const errors: ErrorTexts = {
  locked: 'Please give the PIN again.',
  'too-many-tries': 'Too many wrong PINs. Wait a little, then try again.',
  'bad-request': 'One of the values is not allowed. Check the fields and save again.',
  'unknown-request': 'Vitrine does not know how to do this. Restart Vitrine.',
  'not-allowed': 'This cannot be done from here. Use the main screen.',
  'not-dismissible': 'This stays on screen until its cause is gone.',
  'no-engine': 'The cameras cannot be listed at the moment. Try again in a few seconds.',
  'no-screen': 'This screen plays nothing any more.',
  'bad-range': 'These days cannot be reported on. Choose fewer, and a last day that is not before the first.',
  'too-many-plays': 'That is more than one file holds. Choose fewer days.',
  'statistics-unreadable': 'The statistics file cannot be read at the moment. Try again soon.',
  'disk-full': 'The disk is full. Make room and try again.',
  'not-writable': 'The file cannot be written there. Choose another folder.',
  unwritable: 'It could not be written. Check that the disk is not full and may be written to.',
  'no-playlist': 'This playlist is no longer there. Go back to all playlists.',
  'not-a-playlist': 'This folder holds no playlist that Vitrine can read. Choose the folder with playlist.json.',
  'playlist-in-use': 'A screen is to play this playlist. Give that screen another one first, and save.',
  'changed-meanwhile': 'The playlist was changed elsewhere meanwhile. Nothing was saved.',
  'linked-media':
    'The media folder of this playlist is a link, and links are not followed. Put a real folder in its place.',
  internal: 'That did not work. The log file says more.',
  unavailable: 'Vitrine did not answer. Try again in a moment.',
};
