import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether files can be made in a folder; makes it where it is not there. Asked of the disk itself, by writing. */
export function isWritable(folder: string): boolean {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
    return true;
  } catch {
    return false;
  }
}

/** Always the same temporary folder for the same data folder, so that there is still only one kiosk for it. */
export function standInFor(folder: string): string {
  return join(tmpdir(), `vitrine-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`);
}
