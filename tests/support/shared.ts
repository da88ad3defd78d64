import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Material that lies beside a developer's clone and is no part of it. Tests that use it run only where it is:
 * `const clip = sharedFile('data/video/x.gif'); describe.skipIf(!clip)(...)`.
 * @returns the absolute path, or null where there is no such file
 */
export function sharedFile(path: string): string | null {
  const file = join(repository, '..', 'shared', path);
  return existsSync(file) ? file : null;
}
