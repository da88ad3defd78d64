import type { z } from 'zod';
import { type Playlist, playlistSchema } from '../../../../contract/signage.ts';

/** Which fields of an item the schema refuses, by their path in the item: `schedule.windows.0.fromTime`. */
export type InvalidFields = ReadonlySet<string>;

export interface PlaylistCheck {
  /** The playlist as it may be saved; null while something is wrong. */
  readonly valid: Playlist | null;
  /** Of the playlist itself: its name. */
  readonly own: InvalidFields;
  readonly items: ReadonlyMap<string, InvalidFields>;
}

const nothing: InvalidFields = new Set();

/** Checks a draft against the very schema that main will check it with. */
export function checkPlaylist(draft: Playlist): PlaylistCheck {
  const parsed = playlistSchema.safeParse(draft);
  if (parsed.success) return { valid: parsed.data, own: nothing, items: new Map() };
  const own = new Set<string>();
  const items = new Map<string, Set<string>>();
  for (const path of parsed.error.issues.flatMap((issue) => pathsOf(issue))) {
    const [first, index, ...rest] = path;
    const item = first === 'items' && typeof index === 'number' ? draft.items[index] : undefined;
    if (!item) own.add(path.join('.'));
    else items.set(item.id, (items.get(item.id) ?? new Set()).add(rest.join('.')));
  }
  return { valid: null, own, items };
}

export const invalidOf = (check: PlaylistCheck, item: string): InvalidFields => check.items.get(item) ?? nothing;

/** Whether a field or anything within it is refused. */
export function hasInvalid(fields: InvalidFields, path: string): boolean {
  for (const field of fields) if (field === path || field.startsWith(`${path}.`)) return true;
  return false;
}

type Path = readonly PropertyKey[];

/** A union says "none of these" about the whole value; the fault lies in the one branch that its `kind` names. */
export function pathsOf(issue: z.core.$ZodIssue, above: Path = []): Path[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union') return [path];
  const meant = issue.errors.find(
    (branch) => !branch.some((inner) => inner.path.length === 1 && isKind(inner.path[0])),
  );
  return meant && meant.length > 0 ? meant.flatMap((inner) => pathsOf(inner, path)) : [path];
}

const isKind = (key: PropertyKey | undefined): boolean => key === 'kind';
