import { z } from 'zod';
import { expressionClasses, glassesClasses } from '../../../contract/attributes.ts';
import { ModelError } from '../models/model-error.ts';
import type { VitrineMetadata } from '../models/vitrine-metadata.ts';

/** Between these two probabilities a yes/no question is not answered, 0..1. */
export interface UnsureRange {
  readonly low: number;
  readonly high: number;
}

/** Where an answer is not given but "unsure" is said. */
export interface UnsureLimits {
  /** Of the probability of female. */
  readonly gender: UnsureRange;
  readonly eyeMakeup: UnsureRange;
  readonly lipMakeup: UnsureRange;
  /** Least probability of the answer, 0..1. */
  readonly expression: number;
  readonly glasses: number;
  /** Greatest spread in years. */
  readonly ageSpread: number;
}

/** For a network whose metadata does not say; careful rather than bold. */
export const defaultUnsureLimits: UnsureLimits = {
  gender: { low: 0.25, high: 0.75 },
  eyeMakeup: { low: 0.3, high: 0.7 },
  lipMakeup: { low: 0.3, high: 0.7 },
  expression: 0.5,
  glasses: 0.6,
  ageSpread: 14,
};

export interface NetworkMetadata {
  readonly name: string;
  readonly version: string;
  /** Side of the square crops in pixels. */
  readonly inputSize: number;
  /** Order of the network's outputs. */
  readonly expression: readonly string[];
  readonly glasses: readonly string[];
  readonly unsure: UnsureLimits;
}

const probability = z.number().min(0).max(1);
const range = z
  .tuple([probability, probability])
  .refine(([low, high]) => low <= high, 'the limits are in the wrong order');
const schema = z.object({
  input_size: z.int().min(16).max(512),
  /** Of the alignment it was trained with. */
  template: z.string().optional(),
  classes: z.object({ expression: z.array(z.string()).optional(), glasses: z.array(z.string()).optional() }).optional(),
  unsure: z
    .object({
      gender: range.optional(),
      eye_makeup: range.optional(),
      lip_makeup: range.optional(),
      expression: probability.optional(),
      glasses: probability.optional(),
      age_spread: z.number().positive().optional(),
    })
    .optional(),
});

/**
 * @param alignmentId of the template that the application aligns with
 * @throws ModelError `foreign` where the facts do not describe a network that this application can read
 */
export function networkMetadata(facts: VitrineMetadata, alignmentId: string): NetworkMetadata {
  const parsed = schema.safeParse(facts);
  if (!parsed.success)
    throw new ModelError('foreign', `metadata of the attribute network: ${z.prettifyError(parsed.error)}`);
  const { input_size, template, classes, unsure = {} } = parsed.data;
  if (template !== undefined && template !== alignmentId) {
    throw new ModelError('foreign', `the network was trained with the alignment ${template}, not ${alignmentId}`);
  }
  return {
    name: facts.name,
    version: facts.version,
    inputSize: input_size,
    expression: sameClasses('expression', classes?.expression, expressionClasses),
    glasses: sameClasses('glasses', classes?.glasses, glassesClasses),
    unsure: {
      gender: rangeOf(unsure.gender) ?? defaultUnsureLimits.gender,
      eyeMakeup: rangeOf(unsure.eye_makeup) ?? defaultUnsureLimits.eyeMakeup,
      lipMakeup: rangeOf(unsure.lip_makeup) ?? defaultUnsureLimits.lipMakeup,
      expression: unsure.expression ?? defaultUnsureLimits.expression,
      glasses: unsure.glasses ?? defaultUnsureLimits.glasses,
      ageSpread: unsure.age_spread ?? defaultUnsureLimits.ageSpread,
    },
  };
}

function rangeOf(limits: readonly [number, number] | undefined): UnsureRange | null {
  return limits ? { low: limits[0], high: limits[1] } : null;
}

function sameClasses(what: string, found: readonly string[] | undefined, wanted: readonly string[]): readonly string[] {
  if (found === undefined) return wanted;
  if (found.length !== wanted.length || wanted.some((name) => !found.includes(name))) {
    throw new ModelError(
      'foreign',
      `the network's classes of ${what} are ${found.join(', ')}, not ${wanted.join(', ')}`,
    );
  }
  return found;
}
