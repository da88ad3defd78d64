import { lstat, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptReason, MediaFile, MediaRemoval } from '../../contract/signage-ipc.ts';

export interface RemovalFacts {
  /** The playlist's `media` folder. */
  readonly folder: string;
  /** Whether an item uses the name now; asked at the last moment. */
  readonly isUsed: (name: string) => boolean;
  /** @returns null for what is not a medium: a link, or something else that the editor does not list */
  readonly find: (name: string) => Promise<MediaFile | null>;
}

/**
 * Deletes media by the names that the operator was shown and agreed to. Each is looked at again: what has come into use
 * meanwhile, or is not what was listed, stays. Anything that is not named stays too.
 */
export async function removeMedia(names: readonly string[], facts: RemovalFacts): Promise<MediaRemoval> {
  const removed: string[] = [];
  const kept: { name: string; reason: KeptReason }[] = [];
  let freedBytes = 0;
  for (const name of new Set(names)) {
    const file = await facts.find(name);
    const reason = facts.isUsed(name) ? 'in-use' : file ? await remove(facts.folder, file) : await why(facts, name);
    if (reason !== null) kept.push({ name, reason });
    else {
      removed.push(name);
      freedBytes += file?.sizeBytes ?? 0;
    }
  }
  return { removed, kept, freedBytes };
}

/** @returns null once it is gone */
async function remove(folder: string, { name, kind }: MediaFile): Promise<KeptReason | null> {
  const path = join(folder, name);
  try {
    // A file that has become a folder meanwhile is not taken for one: `unlink` refuses folders, and `rm` follows no link.
    if (kind === 'html') await rm(path, { recursive: true });
    else await unlink(path);
    return null;
  } catch (error) {
    return isMissing(error) ? 'gone' : 'not-removable';
  }
}

async function why({ folder }: RemovalFacts, name: string): Promise<KeptReason> {
  return lstat(join(folder, name)).then(
    () => 'not-media',
    () => 'gone',
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
