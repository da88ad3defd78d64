import type {
  AttributeName,
  ExpressionClass,
  FusedAttributes,
  GenderClass,
  GlassesClass,
} from '../../../contract/attributes.ts';
import { steadyNumber } from '../steady.ts';

/** What a card shows of a face: steady numbers, `null` where the answer is unsure. */
export interface ShownAttributes {
  readonly age: { readonly years: number; readonly spread: number } | null;
  readonly gender: GenderClass | null;
  readonly smile: number | null;
  readonly expression: ExpressionClass | null;
  readonly glasses: GlassesClass | null;
  readonly eyeMakeup: boolean | null;
  readonly lipMakeup: boolean | null;
  readonly beard: number | null;
  readonly moustache: number | null;
  readonly sideburns: number | null;
}

/** Smallest change of a bar (0..1) and of an age (years) that reaches the screen. */
const barStep = 0.04;
const ageStep = 0.8;

/** @param before what the card shows now: its numbers stay unless the new ones differ clearly */
export function shownAttributes(fused: FusedAttributes, before: ShownAttributes | null): ShownAttributes {
  const bar = (name: 'smile' | 'beard' | 'moustache' | 'sideburns') => {
    const value = fused[name].value;
    return value === null ? null : steadyNumber(before?.[name] ?? null, value, barStep);
  };
  const age = fused.age.value;
  return {
    age: age && {
      years: steadyNumber(before?.age?.years ?? null, age.years, ageStep),
      spread: steadyNumber(before?.age?.spread ?? null, age.spread, ageStep),
    },
    gender: fused.gender.value,
    smile: bar('smile'),
    expression: fused.expression.value,
    glasses: fused.glasses.value,
    eyeMakeup: fused.eyeMakeup.value,
    lipMakeup: fused.lipMakeup.value,
    beard: bar('beard'),
    moustache: bar('moustache'),
    sideburns: bar('sideburns'),
  };
}

/** Whether a card would look the same. */
export function sameAttributes(a: ShownAttributes | null, b: ShownAttributes | null): boolean {
  if (a === null || b === null) return a === b;
  const names = Object.keys(a) as AttributeName[];
  return (
    names.every((name) => name === 'age' || a[name] === b[name]) &&
    a.age?.years === b.age?.years &&
    a.age?.spread === b.age?.spread
  );
}
