import { ageBandOf, expressionClasses } from '../../contract/attributes.ts';
import type { CounterIncrement } from '../../main/audience/counters.ts';
import { foldVisit } from '../../main/audience/folding.ts';
import { everythingCounted, fusedAttributes } from './audience-fixtures.ts';

/**
 * What is counted of a made-up visit between 9 and 19 o'clock, mostly in the evening.
 *
 * @param dayStartMs midnight, ms since the epoch
 */
export function madeUpVisit(dayStartMs: number, random: () => number): readonly CounterIncrement[] {
  const dwellMs = Math.round(1500 + 40_000 * random() ** 3);
  const attentionMs = random() < 0.4 ? Math.round(dwellMs * random()) : 0;
  const endedAtMs = Math.round(dayStartMs + (9 + 10 * Math.sqrt(random())) * 3_600_000);
  const female = random() < 0.55;
  const sure = <Value>(value: Value) => ({ value, confidence: 0.9 });
  const years = 12 + Math.round(60 * random());
  const attributes = fusedAttributes({
    gender: random() < 0.08 ? { value: null, confidence: 0.5 } : sure(female ? 'female' : 'male'),
    expression: sure(expressionClasses[random() < 0.7 ? 0 : 1] ?? 'neutral'),
    glasses: sure(random() < 0.3 ? 'glasses' : 'none'),
    eyeMakeup: sure(female && random() < 0.5),
    lipMakeup: sure(female && random() < 0.4),
    smile: sure(random()),
    beard: sure(female ? 0 : random()),
    age: sure({ years, spread: 4, band: ageBandOf(years) }),
  });
  return foldVisit(
    { firstSeenMs: 0, lastSeenMs: dwellMs, attentionMs, endedAtMs, attributes },
    { counted: everythingCounted, watcherMs: 500 },
  );
}

/** mulberry32, a small generator for reproducible tests; in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
