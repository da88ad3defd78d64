import { lstatSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * Whether a path is there and reached from a folder without any symbolic link. A link may lead anywhere, and nothing of
 * a playlist may name a place outside its folder. How the folder itself is reached is the operator's affair.
 *
 * @param path below `folder`
 */
export async function isPlainPath(folder: string, path: string): Promise<boolean> {
  for (const step of stepsTo(folder, path)) {
    const facts = await lstat(step).catch(() => null);
    if (!facts || facts.isSymbolicLink()) return false;
  }
  return true;
}

/** The same at once. */
export function isPlainPathNow(folder: string, path: string): boolean {
  try {
    return stepsTo(folder, path).every((step) => !lstatSync(step).isSymbolicLink());
  } catch {
    return false;
  }
}

function stepsTo(folder: string, path: string): readonly string[] {
  const names = relative(folder, path).split(sep);
  return names.map((_, index) => join(folder, ...names.slice(0, index + 1)));
}
