/**
 * The ten attributes as every process names them. The network's own metadata says how its outputs are
 * laid out; these are the names and orders the application shows, counts and exports.
 */

export const attributeNames = [
  'age',
  'gender',
  'smile',
  'expression',
  'glasses',
  'eyeMakeup',
  'lipMakeup',
  'beard',
  'moustache',
  'sideburns',
] as const;
export type AttributeName = (typeof attributeNames)[number];

export const expressionClasses = [
  'neutral',
  'happiness',
  'surprise',
  'sadness',
  'anger',
  'disgust',
  'fear',
  'contempt',
] as const;
export type ExpressionClass = (typeof expressionClasses)[number];

export const glassesClasses = ['none', 'glasses', 'sunglasses'] as const;
export type GlassesClass = (typeof glassesClasses)[number];

export const genderClasses = ['female', 'male'] as const;
export type GenderClass = (typeof genderClasses)[number];

/** Lower bounds (years, inclusive) of the age bands; a band ends where the next begins. */
export const ageBands = [
  { name: '0-17', from: 0 },
  { name: '18-24', from: 18 },
  { name: '25-34', from: 25 },
  { name: '35-44', from: 35 },
  { name: '45-54', from: 45 },
  { name: '55-64', from: 55 },
  { name: '65+', from: 65 },
] as const;
export type AgeBand = (typeof ageBands)[number]['name'];

/** @param years apparent age, 0..100 */
export function ageBandOf(years: number): AgeBand {
  let band: AgeBand = ageBands[0].name;
  for (const candidate of ageBands) if (years >= candidate.from) band = candidate.name;
  return band;
}

/** What the network says about one crop, or the fusion of several such readings. All values 0..1 but for age. */
export interface AttributeReading {
  /** Expectation and standard deviation of the age distribution, in years (0..100). */
  readonly age: { readonly years: number; readonly spread: number };
  readonly gender: { readonly female: number };
  readonly smile: number;
  readonly expression: Readonly<Record<ExpressionClass, number>>;
  readonly glasses: Readonly<Record<GlassesClass, number>>;
  readonly eyeMakeup: number;
  readonly lipMakeup: number;
  readonly beard: number;
  readonly moustache: number;
  readonly sideburns: number;
}

/** A value to show or count. `null` means unsure: the evidence does not support any answer. */
export interface Estimate<Value> {
  readonly value: Value | null;
  /** 0..1 */
  readonly confidence: number;
}

/** The attributes of a track: all its readings combined over time, weighted by quality. */
export interface FusedAttributes {
  /** How many crops have been read for this track. */
  readonly readings: number;
  /** The combined numbers, given also where the estimates below say unsure. */
  readonly combined: AttributeReading;
  readonly age: Estimate<{ readonly years: number; readonly spread: number; readonly band: AgeBand }>;
  readonly gender: Estimate<GenderClass>;
  readonly smile: Estimate<number>;
  readonly expression: Estimate<ExpressionClass>;
  readonly glasses: Estimate<GlassesClass>;
  readonly eyeMakeup: Estimate<boolean>;
  readonly lipMakeup: Estimate<boolean>;
  readonly beard: Estimate<number>;
  readonly moustache: Estimate<number>;
  readonly sideburns: Estimate<number>;
}
