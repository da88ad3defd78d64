import { isDeepStrictEqual } from 'node:util';
import type { PublicSettings, Settings } from '../../contract/settings.ts';
import type { SourceSpec } from '../../contract/source.ts';
import type { SettingsStore } from './settings-store.ts';
import { withKnownPassword, withMaskedPassword } from './source-credentials.ts';

/** What this run goes by: the stored settings, and a source given on the command line in place of the stored one. */
export class RunSettings {
  readonly #store: SettingsStore;
  #givenSource: SourceSpec | null;

  /** @param givenSource for this run only; null = that of the settings */
  constructor(store: SettingsStore, givenSource: SourceSpec | null) {
    this.#store = store;
    this.#givenSource = givenSource;
  }

  get current(): Settings {
    return this.#givenSource ? { ...this.#store.current, source: this.#givenSource } : this.#store.current;
  }

  /** As the page may see them: without the PIN's hash and the password of a stream. */
  get shown(): PublicSettings {
    const { access: _, source, ...rest } = this.current;
    return { ...rest, source: withMaskedPassword(source) };
  }

  /**
   * Takes over what the set-up sent. A source that was given on the command line is stored only when the operator
   * changed it; saving something else must not make it permanent.
   *
   * @returns what is in force now, and what was before
   */
  save(sent: PublicSettings): { readonly now: Settings; readonly before: Settings } {
    const before = this.current;
    const source = withKnownPassword(sent.source, before.source);
    const untouched = this.#givenSource !== null && isDeepStrictEqual(source, this.#givenSource);
    if (!untouched) this.#givenSource = null;
    this.#store.save({ ...sent, source: untouched ? this.#store.current.source : source });
    return { now: this.current, before };
  }
}
