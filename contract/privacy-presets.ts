import type { AttributeName } from './attributes.ts';
import { attributeNames } from './attributes.ts';

export const privacyPresetNames = ['counting-only', 'no-expression', 'everything'] as const;
export type PrivacyPreset = (typeof privacyPresetNames)[number];

type Counted = Readonly<Record<AttributeName, boolean>>;

const counting = (on: (name: AttributeName) => boolean): Counted =>
  Object.fromEntries(attributeNames.map((name) => [name, on(name)])) as Record<AttributeName, boolean>;

/** Which attributes each preset has counted; everything else stays as the operator has set it. */
export const privacyPresets: Readonly<Record<PrivacyPreset, Counted>> = {
  'counting-only': counting(() => false),
  'no-expression': counting((name) => name !== 'expression'),
  everything: counting(() => true),
};

/** @returns the preset that these switches are, or null for a choice of one's own */
export function presetOf(counted: Counted): PrivacyPreset | null {
  return (
    privacyPresetNames.find((preset) =>
      attributeNames.every((name) => counted[name] === privacyPresets[preset][name]),
    ) ?? null
  );
}
