import { type PublicSettings, publicSettingsSchema } from '../../contract/settings.ts';
import type { Messages } from '../i18n/en.ts';

/** A field with a message of its own. */
export type InvalidField = keyof Messages['setup']['invalidField'];

export type SettingsCheck =
  | { readonly ok: true; readonly settings: PublicSettings; readonly invalid: ReadonlySet<InvalidField> }
  | { readonly ok: false; readonly invalid: ReadonlySet<InvalidField> };

const fieldOfPath: readonly (readonly [path: string, field: InvalidField])[] = [
  ['source.url', 'url'],
  ['source.name', 'camera'],
  ['source.path', 'path'],
  ['picture.regionOfInterest', 'region'],
  ['picture.smallestFacePx', 'smallestFace'],
  ['statistics.smallestCellShown', 'smallestShown'],
  ['statistics.smallestCellExported', 'smallestExported'],
  ['statistics.watcherMs', 'watcher'],
  ['display.panel', 'panel'],
  ['update.address', 'updateAddress'],
];

/** The page of set-up on which a field stands. */
export const pageOfField = {
  url: 'source',
  camera: 'source',
  path: 'source',
  region: 'picture',
  smallestFace: 'picture',
  smallestShown: 'privacy',
  smallestExported: 'privacy',
  watcher: 'privacy',
  panel: 'display',
  updateAddress: 'about',
  other: null,
} as const satisfies Record<InvalidField, string | null>;

/** Checks what the operator typed against the very schema that main will check it with. */
export function checkSettings(candidate: unknown): SettingsCheck {
  const parsed = publicSettingsSchema.safeParse(candidate);
  if (parsed.success) return { ok: true, settings: parsed.data, invalid: new Set() };
  const fields = parsed.error.issues.map((issue) => {
    const path = issue.path.join('.');
    return fieldOfPath.find(([known]) => path === known || path.startsWith(`${known}.`))?.[1] ?? 'other';
  });
  return { ok: false, invalid: new Set(fields) };
}
