import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a small file so that after a power cut either the old or the new text is there, never half of one: the text
 * goes to a neighbour, is forced to the disk, and takes the place of the old file in one step.
 *
 * @throws the file system's error (EACCES, EROFS, ENOSPC, ...); the old file is untouched then
 */
export function writeFileAtomically(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const neighbour = `${path}.${process.pid}.new`;
  try {
    const file = openSync(neighbour, 'w', 0o600);
    try {
      // All of it, or an error: on a full disk a single write may take a part and say nothing.
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(neighbour, path);
  } catch (error) {
    rmSync(neighbour, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** Makes the rename itself durable. Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } catch {
    // Some network file systems refuse to sync a folder; the file itself is safe.
  } finally {
    closeSync(handle);
  }
}
