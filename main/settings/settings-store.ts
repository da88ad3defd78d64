import { readFileSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PublicSettings, Settings } from '../../contract/settings.ts';
import { publicSettingsSchema, settingsSchema } from '../../contract/settings.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { migrate } from './migrations.ts';

/** What the store has to say about its file; the composition turns it into problems on screen. */
export type SettingsIncident =
  | { readonly kind: 'damaged'; readonly keptAs: string | null; readonly detail: string }
  | { readonly kind: 'unwritable'; readonly detail: string }
  | { readonly kind: 'written' };

export interface SettingsStoreOptions {
  /** The data folder; the file in it is `settings.json`. */
  readonly folder: string;
  readonly now: () => Date;
  readonly onIncident: (incident: SettingsIncident) => void;
  readonly write?: (path: string, text: string) => void;
}

export const settingsFileName = 'settings.json';

/**
 * The one settings file: read once at the start, kept in memory, written whole at each change. A file that cannot be
 * understood is put aside with its time and defaults are used. A disk that refuses to be written leaves the change in
 * force until the program ends. Keys this program does not know are dropped when it next writes: a setting that
 * nobody reads should not look as if it did something.
 */
export class SettingsStore {
  readonly #path: string;
  readonly #options: SettingsStoreOptions;
  readonly #write: (path: string, text: string) => void;
  readonly #listeners = new Set<(settings: Settings, previous: Settings) => void>();
  #current: Settings;

  constructor(options: SettingsStoreOptions) {
    this.#options = options;
    this.#path = join(options.folder, settingsFileName);
    this.#write = options.write ?? writeFileAtomically;
    this.#current = this.#load();
  }

  get current(): Settings {
    return this.#current;
  }

  /** Calls `listener` after each change, with what was in force before. */
  onChange(listener: (settings: Settings, previous: Settings) => void): void {
    this.#listeners.add(listener);
  }

  /** Takes over everything the set-up screen may change; the PIN stays as it is. */
  save(changed: PublicSettings): Settings {
    return this.#replace({ ...publicSettingsSchema.parse(changed), access: this.#current.access });
  }

  /** @param pinHash `salt:hash` as `hashPin` makes it */
  choosePin(pinHash: string): Settings {
    return this.#replace({ ...this.#current, access: { pinHash } });
  }

  #replace(next: Settings): Settings {
    const previous = this.#current;
    this.#current = next;
    try {
      this.#write(this.#path, `${JSON.stringify(next, null, 2)}\n`);
      this.#options.onIncident({ kind: 'written' });
    } catch (error) {
      this.#options.onIncident({ kind: 'unwritable', detail: String(error) });
    }
    for (const listener of this.#listeners) listener(next, previous);
    return next;
  }

  #load(): Settings {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (isMissing(error)) return settingsSchema.parse({});
      return this.#startOver(String(error), '');
    }
    try {
      return settingsSchema.parse(migrate(JSON.parse(text)));
    } catch (error) {
      return this.#startOver(explain(error), text);
    }
  }

  /** Defaults, but a PIN that can still be made out stays in force: a damaged file must not open the set-up. */
  #startOver(detail: string, text: string): Settings {
    this.#options.onIncident({ kind: 'damaged', keptAs: this.#putAside(), detail });
    const pinHash = /"pinHash"\s*:\s*"([0-9a-f]{32}:[0-9a-f]{128})"/.exec(text)?.[1] ?? null;
    const settings = settingsSchema.parse({ access: { pinHash } });
    if (pinHash !== null) this.#tryToKeep(settings);
    return settings;
  }

  /** Puts the rescued PIN into a new file, or it would be gone at the next start. */
  #tryToKeep(settings: Settings): void {
    try {
      this.#write(this.#path, `${JSON.stringify(settings, null, 2)}\n`);
    } catch (error) {
      this.#options.onIncident({ kind: 'unwritable', detail: String(error) });
    }
  }

  /** @returns the new name of the damaged file, or null when it cannot be moved */
  #putAside(): string | null {
    const stamp = this.#options.now().toISOString().replaceAll(':', '-');
    const aside = join(dirname(this.#path), `settings.damaged-${stamp}.json`);
    try {
      renameSync(this.#path, aside);
      return basename(aside);
    } catch {
      return null;
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Zod's message is the issues as JSON, values included; for the log their places are enough. */
function explain(error: unknown): string {
  if (error instanceof Error && 'issues' in error && Array.isArray(error.issues)) {
    const places = error.issues.map(
      (issue: { path?: unknown; message?: unknown }) =>
        `${Array.isArray(issue.path) ? issue.path.join('.') : ''}: ${String(issue.message)}`,
    );
    return places.slice(0, 5).join('; ');
  }
  return error instanceof SyntaxError ? 'not JSON' : String(error);
}
