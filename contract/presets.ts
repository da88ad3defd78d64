import type { AttributeName } from './attributes.ts';
import { attributeNames } from './attributes.ts';
import type { PublicSettings } from './settings.ts';

/**
 * Privacy presets: sets of switches that go together. A preset only sets the attribute switches and whether anything is
 * counted; it never touches thresholds, so that a stricter threshold stays. Nothing records "the chosen preset": which one
 * is in force is read off the switches, so it cannot be wrong.
 */
export const presetNames = ['counting-only', 'no-expression', 'everything'] as const;
export type PresetName = (typeof presetNames)[number];

type Switches = Readonly<Record<AttributeName, boolean>>;
const switches = (on: (name: AttributeName) => boolean): Switches =>
  Object.fromEntries(attributeNames.map((name) => [name, on(name)])) as Record<AttributeName, boolean>;

export interface Preset {
  readonly shown: Switches;
  readonly counted: Switches;
}

export const presets: Readonly<Record<PresetName, Preset>> = {
  /** Passers-by, watchers, dwell and attention; no attribute is shown or counted. */
  'counting-only': { shown: switches(() => false), counted: switches(() => false) },
  /** All but expression, which the EU's AI Act calls emotion recognition. */
  'no-expression': {
    shown: switches((name) => name !== 'expression'),
    counted: switches((name) => name !== 'expression'),
  },
  /** For research with informed people. */
  everything: { shown: switches(() => true), counted: switches(() => true) },
};

/** The settings with a preset's switches in place of theirs. */
export function withPreset(settings: PublicSettings, name: PresetName): PublicSettings {
  const { shown, counted } = presets[name];
  return {
    ...settings,
    live: { ...settings.live, shown: { ...shown } },
    statistics: { ...settings.statistics, enabled: true, counted: { ...counted } },
  };
}

/** @returns the preset that the settings amount to, or null for a mixture of the operator's own */
export function presetOf(settings: Pick<PublicSettings, 'live' | 'statistics'>): PresetName | null {
  const same = (a: Switches, b: Switches) => attributeNames.every((name) => a[name] === b[name]);
  const { live, statistics } = settings;
  if (!statistics.enabled) return null;
  return (
    presetNames.find(
      (name) => same(live.shown, presets[name].shown) && same(statistics.counted, presets[name].counted),
    ) ?? null
  );
}
