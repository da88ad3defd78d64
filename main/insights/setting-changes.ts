import { presetOf } from '../../contract/presets.ts';
import type { Settings } from '../../contract/settings.ts';
import type { AuditFacts } from '../store/audit-log.ts';

/** Never written down: hashes of the PIN, and addresses that may hold a password. */
const secret = /^(access|source)\b/;
const longest = 80;

/**
 * What the audit log says of saved settings: what has changed, and which privacy preset they amount to now if they did
 * not before. Whether the operator pressed its button or set the switches one by one comes to the same.
 */
export function changeFacts(before: Settings, now: Settings): readonly AuditFacts[] {
  const details = settingChanges(before, now);
  const preset = presetOf(now);
  return [
    ...(Object.keys(details).length > 0 ? [{ kind: 'settings-changed', details } as const] : []),
    ...(preset !== null && preset !== presetOf(before)
      ? [{ kind: 'preset-applied', details: { preset } } as const]
      : []),
  ];
}

/**
 * What differs between two settings, for the audit log: keys with old and new value.
 *
 * @returns `{ "statistics.watcherMs": "500 → 700" }`; of what may hold a secret only that it has changed
 */
export function settingChanges(before: Settings, now: Settings): Readonly<Record<string, string>> {
  const old = flat(before);
  const fresh = flat(now);
  const keys = [...new Set([...old.keys(), ...fresh.keys()])].filter((key) => old.get(key) !== fresh.get(key));
  return Object.fromEntries(
    keys.map((key) => [
      secret.test(key) ? (key.split('.')[0] ?? key) : key,
      secret.test(key) ? 'changed' : `${short(old.get(key))} → ${short(fresh.get(key))}`,
    ]),
  );
}

function flat(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new Map([[path, JSON.stringify(value) ?? 'null']]);
  }
  return new Map(
    Object.entries(value).flatMap(([name, part]) => [...flat(part, path === '' ? name : `${path}.${name}`)]),
  );
}

function short(text: string | undefined): string {
  if (text === undefined) return '–';
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
