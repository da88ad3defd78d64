import { renameSync, rmSync } from 'node:fs';

/**
 * Moves `vitrine.log` to `vitrine.log.1`, that one to `.2` and so on; what would be number `keep + 1` is deleted.
 *
 * @throws the file system's error when the newest file cannot be moved
 */
export function rotate(path: string, keep: number): void {
  rmSync(`${path}.${keep}`, { force: true });
  for (let number = keep - 1; number >= 1; number -= 1) {
    try {
      renameSync(`${path}.${number}`, `${path}.${number + 1}`);
    } catch {
      // Not that many yet.
    }
  }
  renameSync(path, `${path}.1`);
}
