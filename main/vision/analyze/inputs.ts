import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { pictureEndings } from '../capture/picture-files.ts';

export interface AnalysisInput {
  /** As the user knows it: the given path, with what lies below it in a folder. */
  readonly source: string;
  readonly path: string;
  readonly kind: 'picture' | 'video';
  /** Why it cannot be read at all, or null. */
  readonly error: string | null;
}

/** GIF is here and comes before the pictures: most of them move, and one that does not is a video of one frame. */
const videoEndings = new Set(
  '.mp4 .m4v .mov .mkv .webm .avi .gif .mpg .mpeg .ts .mts .m2ts .wmv .flv .ogv .3gp .mjpeg .mjpg .h264 .264 .hevc'.split(
    ' ',
  ),
);

/**
 * The files that the given paths stand for: a file is itself, a folder all pictures and videos below it, sorted by
 * name. A path that does not exist becomes an input with an error, and so does a link in a folder that by its name
 * should lead to a picture or video and leads nowhere. Links to folders are followed, each folder once. Hidden files and
 * folders are left out of a folder: they are previews and notes that other programs keep beside a picture.
 *
 * @param folder that relative paths start from
 */
export async function* inputsOf(paths: readonly string[], folder: string): AsyncGenerator<AnalysisInput> {
  for (const given of paths) yield* inputsBelow(given, resolve(folder, given), true, []);
}

/** @param roots real paths of the folder that was given and of those that links led to; grows */
async function* inputsBelow(
  source: string,
  path: string,
  named: boolean,
  roots: string[],
): AsyncGenerator<AnalysisInput> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      if (named) roots.push(await realpath(path));
      const entries = (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const entry of entries) {
        if (entry.name.startsWith('.')) continue;
        const below = join(path, entry.name);
        if (entry.isSymbolicLink() && (await leadsBack(below, roots))) continue;
        yield* inputsBelow(join(source, entry.name), below, false, roots);
      }
    } else if (named || kindByName(path)) {
      yield { source, path, kind: kindByName(path) ?? 'video', error: null };
    }
  } catch (cause) {
    if (named || kindByName(path) || !leadsNowhere(cause)) {
      yield { source, path, kind: 'picture', error: unreadable(cause) };
    }
  }
}

/** Whether a link leads into, or out over, a folder that is listed anyway; otherwise its folder is one more root. */
async function leadsBack(link: string, roots: string[]): Promise<boolean> {
  const target = await realpath(link).catch(() => null);
  const found = target === null ? null : await stat(target).catch(() => null);
  if (target === null || !found?.isDirectory()) return false;
  if (roots.some((root) => isWithin(target, root) || isWithin(root, target))) return true;
  roots.push(target);
  return false;
}

function isWithin(path: string, folder: string): boolean {
  return `${path}${sep}`.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** A file of another name is not taken from a folder; given by itself, its content decides. */
function kindByName(path: string): AnalysisInput['kind'] | null {
  const ending = extname(path).toLowerCase();
  if (videoEndings.has(ending)) return 'video';
  return pictureEndings.has(ending) ? 'picture' : null;
}

const codeOf = (cause: unknown) => (cause as { readonly code?: unknown }).code;

function leadsNowhere(cause: unknown): boolean {
  return codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ELOOP';
}

function unreadable(cause: unknown): string {
  const code = codeOf(cause);
  if (leadsNowhere(cause)) return 'There is no such file or folder.';
  if (code === 'EACCES' || code === 'EPERM') return 'It may not be read.';
  return cause instanceof Error ? cause.message : String(cause);
}
