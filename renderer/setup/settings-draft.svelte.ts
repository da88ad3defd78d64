import type { Outcome } from '../../contract/ipc.ts';
import { type PresetName, withPreset } from '../../contract/presets.ts';
import type { PublicSettings } from '../../contract/settings.ts';
import type { SourceSpec } from '../../contract/source.ts';
import { ask } from '../bridge.ts';
import { kiosk } from '../kiosk.svelte.ts';
import { checkSettings } from './settings-check.ts';

const emptySources: { readonly [Kind in SourceSpec['kind']]: Extract<SourceSpec, { kind: Kind }> } = {
  demo: { kind: 'demo' },
  camera: { kind: 'camera', name: '' },
  stream: { kind: 'stream', url: '' },
  video: { kind: 'video', path: '', loop: true },
  images: { kind: 'images', path: '' },
};

/** The settings as the operator is changing them. Nothing takes effect before `save`. */
export class SettingsDraft {
  value = $state.raw<PublicSettings>(plain(kiosk.settings));
  #saved = $state.raw<PublicSettings>(plain(kiosk.settings));
  /** What was typed for a kind of source stays while the operator looks at another. */
  readonly #sources = new Map<SourceSpec['kind'], SourceSpec>();
  readonly changed = $derived(JSON.stringify(this.value) !== JSON.stringify(this.#saved));
  readonly check = $derived(checkSettings(this.value));
  /** Mirroring or rotation differ from those of the picture on screen. */
  readonly turned = $derived(
    this.value.picture.mirror !== this.#saved.picture.mirror ||
      this.value.picture.rotateDegrees !== this.#saved.picture.rotateDegrees,
  );

  chooseSource(kind: SourceSpec['kind']): void {
    this.#sources.set(this.value.source.kind, this.value.source);
    const saved = this.#saved.source.kind === kind ? this.#saved.source : emptySources[kind];
    this.setSource(this.#sources.get(kind) ?? saved);
  }

  setSource(source: SourceSpec): void {
    this.value = { ...this.value, source };
  }

  setPicture(change: Partial<PublicSettings['picture']>): void {
    this.value = { ...this.value, picture: { ...this.value.picture, ...change } };
  }

  setLive(change: Partial<PublicSettings['live']>): void {
    this.value = { ...this.value, live: { ...this.value.live, ...change } };
  }

  setStatistics(change: Partial<PublicSettings['statistics']>): void {
    this.value = { ...this.value, statistics: { ...this.value.statistics, ...change } };
  }

  setSignage(change: Partial<PublicSettings['signage']>): void {
    this.value = { ...this.value, signage: { ...this.value.signage, ...change } };
  }

  setDisplay(change: Partial<PublicSettings['display']>): void {
    this.value = { ...this.value, display: { ...this.value.display, ...change } };
  }

  setUpdate(change: Partial<PublicSettings['update']>): void {
    this.value = { ...this.value, update: { ...this.value.update, ...change } };
  }

  applyPreset(name: PresetName): void {
    this.value = withPreset(this.value, name);
  }

  discard(): void {
    this.value = this.#saved;
    this.#sources.clear();
  }

  /** @returns null when the fields themselves say what is wrong */
  async save(): Promise<Outcome<PublicSettings> | null> {
    const check = this.check;
    if (!check.ok) return null;
    const answer = await ask('settings:save', check.settings);
    if (answer.ok) {
      this.#saved = answer.value;
      this.value = answer.value;
      this.#sources.clear();
      kiosk.useSettings(answer.value);
    }
    return answer;
  }
}

function plain(settings: PublicSettings | null): PublicSettings {
  if (!settings) throw new Error('set-up opens only when the settings are known');
  return settings;
}
