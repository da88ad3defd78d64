import { settingsVersion } from '../../contract/settings.ts';

type Json = Readonly<Record<string, unknown>>;

/** Each entry turns a file of the version it is numbered with into one of the next version. */
const migrations: Readonly<Record<number, (file: Json) => Json>> = {};

/**
 * Brings the parsed text of a settings file to the present layout.
 *
 * @throws when the file is not an object, or of a version that this program does not know
 */
export function migrate(
  parsed: unknown,
  steps: Readonly<Record<number, (file: Json) => Json>> = migrations,
  target: number = settingsVersion,
): Json {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('not a JSON object');
  let file = parsed as Json;
  let version = versionOf(file);
  if (version > target) throw new Error(`written by a newer program (layout ${version}, known is ${target})`);
  while (version < target) {
    const step = steps[version];
    if (!step) throw new Error(`no way from layout ${version} to ${target}`);
    version += 1;
    file = { ...step(file), version };
  }
  return file;
}

/** A file without a version was written by hand for the first layout. */
function versionOf(file: Json): number {
  const version = file.version ?? 1;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) throw new Error('unknown version');
  return version;
}
