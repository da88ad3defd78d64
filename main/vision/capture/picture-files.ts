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

/**
 * The pictures that a path stands for: the file itself, or those directly in a folder, in the order a person expects
 * (2 before 10).
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
  const order = new Intl.Collator('en', { numeric: true });
  return names.toSorted((a, b) => order.compare(a, b)).map((name) => join(path, name));
}
