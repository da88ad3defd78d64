import type { FusedAttributes } from '../../contract/attributes.ts';
import { attributeNames, expressionClasses } from '../../contract/attributes.ts';
import type { FrameResult, TrackedFace } from '../../contract/frame-result.ts';
import { settingsSchema } from '../../contract/settings.ts';
import type { AudienceTotals, CounterIncrement, CounterStore } from '../../main/audience/counters.ts';

export function trackedFace(trackId: number, changes: Partial<TrackedFace> = {}): TrackedFace {
  return {
    trackId,
    box: { x: 101.125, y: 202.375, width: 88, height: 99 },
    score: 0.9,
    quality: 0.8,
    readability: 'read',
    facing: true,
    detected: true,
    attributes: null,
    ...changes,
  };
}

export function frameResult(
  sequence: number,
  timeMs: number,
  faces: readonly TrackedFace[],
  endedTrackIds: readonly number[] = [],
  startedAtMs = 0,
): FrameResult {
  return {
    sequence,
    timeMs,
    capturedAtMs: startedAtMs + timeMs,
    width: 1280,
    height: 720,
    faces,
    endedTrackIds,
    timings: { decode: 0, detect: 0, track: 0, attributes: 0, total: 0 },
    counters: { received: sequence, analysed: sequence, dropped: 0 },
  };
}

/** Everything sure: a woman of 29 who smiles broadly, with make-up and without glasses or facial hair. */
export function fusedAttributes(changes: Partial<FusedAttributes> = {}): FusedAttributes {
  const expression = Object.fromEntries(
    expressionClasses.map((name) => [name, name === 'happiness' ? 1 : 0]),
  ) as FusedAttributes['combined']['expression'];
  const sure = <Value>(value: Value) => ({ value, confidence: 0.9 });
  return {
    readings: 4,
    combined: {
      age: { years: 29, spread: 4 },
      gender: { female: 0.95 },
      smile: 0.9,
      expression,
      glasses: { none: 1, glasses: 0, sunglasses: 0 },
      eyeMakeup: 0.9,
      lipMakeup: 0.9,
      beard: 0,
      moustache: 0,
      sideburns: 0,
    },
    age: sure({ years: 29, spread: 4, band: '25-34' as const }),
    gender: sure('female' as const),
    smile: sure(0.9),
    expression: sure('happiness' as const),
    glasses: sure('none' as const),
    eyeMakeup: sure(true),
    lipMakeup: sure(true),
    beard: sure(0),
    moustache: sure(0),
    sideburns: sure(0),
    ...changes,
  };
}

export const statisticsSettings = settingsSchema.parse({}).statistics;
export const everythingCounted = Object.fromEntries(attributeNames.map((name) => [name, true])) as Record<
  (typeof attributeNames)[number],
  boolean
>;
export const nothingCounted = Object.fromEntries(attributeNames.map((name) => [name, false])) as Record<
  (typeof attributeNames)[number],
  boolean
>;

/** Keeps what it is given, for looking at. */
export class CollectingStore implements CounterStore {
  readonly increments: CounterIncrement[] = [];

  add(increments: readonly CounterIncrement[]): void {
    this.increments.push(...increments);
  }

  totalsSince(fromMs: number): AudienceTotals {
    let passersBy = 0;
    let watchers = 0;
    for (const increment of this.increments) {
      if (increment.table !== 'visits' || increment.bucketStartMs < fromMs) continue;
      passersBy += increment.passersBy;
      watchers += increment.watchers;
    }
    return { passersBy, watchers };
  }
}
