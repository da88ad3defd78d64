import { z } from 'zod';
import { expressionClasses, glassesClasses } from '../../../contract/attributes.ts';
import { ModelError } from '../models/model-error.ts';
import type { VitrineMetadata } from '../models/vitrine-metadata.ts';

/**
 * Below which an answer is not given. For yes/no attributes, gender and the classes: the least probability of the
 * answer, 0..1. For age: the greatest spread in years.
 */
export interface UnsureLimits {
  readonly gender: number;
  readonly expression: number;
  readonly glasses: number;
  readonly eyeMakeup: number;
  readonly lipMakeup: number;
  readonly ageSpread: number;
}

/** For a network whose metadata does not say; careful rather than bold. */
export const defaultUnsureLimits: UnsureLimits = {
  gender: 0.75,
  expression: 0.5,
  glasses: 0.65,
  eyeMakeup: 0.65,
  lipMakeup: 0.65,
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

const probability = z.number().min(0).max(1).optional();
const schema = z.object({
  input_size: z.int().min(16).max(512),
  alignment: z.string().optional(),
  classes: z.object({ expression: z.array(z.string()).optional(), glasses: z.array(z.string()).optional() }).optional(),
  unsure: z
    .object({
      gender: probability,
      expression: probability,
      glasses: probability,
      eye_makeup: probability,
      lip_makeup: probability,
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
  const { input_size, alignment, classes, unsure = {} } = parsed.data;
  if (alignment !== undefined && alignment !== alignmentId) {
    throw new ModelError('foreign', `the network was trained with the alignment ${alignment}, not ${alignmentId}`);
  }
  return {
    name: facts.name,
    version: facts.version,
    inputSize: input_size,
    expression: sameClasses('expression', classes?.expression, expressionClasses),
    glasses: sameClasses('glasses', classes?.glasses, glassesClasses),
    unsure: {
      gender: unsure.gender ?? defaultUnsureLimits.gender,
      expression: unsure.expression ?? defaultUnsureLimits.expression,
      glasses: unsure.glasses ?? defaultUnsureLimits.glasses,
      eyeMakeup: unsure.eye_makeup ?? defaultUnsureLimits.eyeMakeup,
      lipMakeup: unsure.lip_makeup ?? defaultUnsureLimits.lipMakeup,
      ageSpread: unsure.age_spread ?? defaultUnsureLimits.ageSpread,
    },
  };
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
