import { stat } from 'node:fs/promises';
import type { MediaReader } from './media-reader.ts';
import type { Turn } from './picture-turn.ts';
import { isJpegInTiff } from './tiff-compression.ts';
import { openFile } from './video-feed.ts';

/** Why a file shows nothing, where FFmpeg gives no better reason. */
export const nothingToShow = 'The file is damaged, not complete, or holds no picture.';

/**
 * Opens a file that is to be shown as a still picture. One of which a part is missing is refused when it is read: it may
 * be on its way into the folder.
 *
 * @throws Error in plain words
 */
export async function openPicture(path: string, turn: Turn): Promise<MediaReader> {
  const reader = await openFile(path, { turn, threads: 1, complete: true });
  if (!(await isJpegInTiff(path))) return reader;
  await reader.close();
  throw new Error('The file is a TIFF that holds a JPEG, which cannot be read here; save it as JPEG or PNG.');
}

/**
 * What tells a file from what it was before, or null where it cannot be seen at all.
 *
 * @returns text that is only to be compared
 */
export async function versionOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : null;
}
