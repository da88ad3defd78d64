import { readdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
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
 * name. A path that does not exist becomes an input with an error.
 *
 * @param folder that relative paths start from
 */
export async function* inputsOf(paths: readonly string[], folder: string): AsyncGenerator<AnalysisInput> {
  for (const given of paths) yield* inputsBelow(given, resolve(folder, given), true);
}

async function* inputsBelow(source: string, path: string, named: boolean): AsyncGenerator<AnalysisInput> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      const names = (await readdir(path)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      for (const name of names) yield* inputsBelow(join(source, name), join(path, name), false);
    } else if (named || kindByName(path)) {
      yield { source, path, kind: kindByName(path) ?? 'video', error: null };
    }
  } catch (cause) {
    yield { source, path, kind: 'picture', error: unreadable(cause) };
  }
}

/** A file of another name is not taken from a folder; given by itself, its content decides. */
function kindByName(path: string): AnalysisInput['kind'] | null {
  const ending = extname(path).toLowerCase();
  if (videoEndings.has(ending)) return 'video';
  return pictureEndings.has(ending) ? 'picture' : null;
}

function unreadable(cause: unknown): string {
  const code = (cause as { readonly code?: unknown }).code;
  if (code === 'ENOENT') return 'There is no such file or folder.';
  if (code === 'EACCES' || code === 'EPERM') return 'It may not be read.';
  return cause instanceof Error ? cause.message : String(cause);
}
