import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Endings of the files that are taken for pictures, in lower case. */
export const pictureEndings: ReadonlySet<string> = new Set([
  '.jpg',
  '.jpeg',
  '.jpe',
  '.png',
  '.webp',
  '.bmp',
  '.gif',
  '.tif',
  '.tiff',
  '.ppm',
  '.pgm',
  '.avif',
]);

const { compare } = new Intl.Collator('en', { numeric: true });

/** The order a person expects (2 before 10); never 0 for two names that differ, as "1" and "01" are to the collator. */
export function byName(a: string, b: string): number {
  return compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * The pictures that a path stands for: the file itself, or those directly in a folder, in the order of their names.
 *
 * @throws Error in plain words where there is none
 */
export async function pictureFiles(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => {
    throw new Error('There is no such file or folder.');
  });
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter(
    (name) => pictureEndings.has(extname(name).toLowerCase()) && !name.startsWith('.'),
  );
  if (names.length === 0) throw new Error('The folder holds no pictures.');
  return names.toSorted(byName).map((name) => join(path, name));
}

/** Where `files` goes on after `file`, which may be gone meanwhile; the first one at the end, and where there was none. */
export function placeAfter(files: readonly string[], file: string | null): number {
  return file === null
    ? 0
    : Math.max(
        0,
        files.findIndex((other) => byName(other, file) > 0),
      );
}
