import { ageBandOf, expressionClasses } from '../../../contract/attributes.ts';
import type { CounterIncrement } from '../../../main/audience/counters.ts';
import { foldVisit } from '../../../main/audience/folding.ts';
import { openStore } from '../../../main/store/statistics-store.ts';
import { everythingCounted, fusedAttributes } from '../../support/audience-fixtures.ts';

const dayMs = 86_400_000;
export interface Seed {
  /** Data folder of the kiosk. */
  readonly folder: string;
  /** Whole days up to yesterday. */
  readonly days: number;
  readonly visitsPerDay: number;
  /** ms since the epoch. */
  readonly nowMs: number;
}

/**
 * Fills a statistics file as a kiosk that has run for some weeks would have: made-up visits between 9 and 19 o'clock UTC,
 * always the same ones, folded and published by the application's own code.
 */
export function seedStatistics({ folder, days, visitsPerDay, nowMs }: Seed): void {
  const random = randomNumbers(7);
  let clockMs = nowMs - 3_600_000;
  const store = openStore({
    folder,
    // Between two looks for what is due, a minute passes.
    now: () => clockMs,
    onProblem: ({ code, detail }) => {
      throw new Error(`${code}: ${detail}`);
    },
  });
  const midnight = Math.floor(nowMs / dayMs) * dayMs;
  for (let day = days; day >= 1; day--) {
    const increments: CounterIncrement[] = [];
    const visits = Math.round(visitsPerDay * (0.6 + 0.8 * random()));
    for (let i = 0; i < visits; i++) increments.push(...visit(midnight - day * dayMs, random));
    store.add(increments);
    store.flush();
  }
  // What is published is done a little at each flush.
  const published = () =>
    Number(store.read((connection) => connection.one('SELECT count(*) AS n FROM published_cells')?.n) ?? 0);
  let last = -1;
  for (let still = 0; still < 5; ) {
    clockMs += 61_000;
    const now = published();
    still = now === last ? still + 1 : 0;
    last = now;
  }
  store.close();
}

function visit(dayStartMs: number, random: () => number): readonly CounterIncrement[] {
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
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
