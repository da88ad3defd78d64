import { settingsSchema } from '../../contract/settings.ts';
import type { CounterIncrement } from '../../main/audience/counters.ts';
import { rulesOf } from '../../main/store/maintenance.ts';
import { openStore } from '../../main/store/statistics-store.ts';
import { madeUpVisit, randomNumbers } from './made-up-visits.ts';

const dayMs = 86_400_000;
const { statistics } = settingsSchema.parse({});
export interface Seed {
  /** Data folder of the kiosk. */
  readonly folder: string;
  /** Whole days up to yesterday. */
  readonly days: number;
  readonly visitsPerDay: number;
  /** ms since the epoch. */
  readonly nowMs: number;
  /** What else was counted on a day, by its midnight in ms since the epoch. */
  readonly more?: (dayStartMs: number) => readonly CounterIncrement[];
  /** Quarters of an hour become days when they are this old; as it is set by default if not given. */
  readonly fineDays?: number;
  /** k; as it is by default if not given. */
  readonly smallest?: number;
}

/**
 * Fills a statistics file as a kiosk that has run for some weeks would have: made-up visits between 9 and 19 o'clock UTC,
 * always the same ones, folded and published by the application's own code.
 */
export function seedStatistics({ folder, days, visitsPerDay, nowMs, more, fineDays, smallest }: Seed): void {
  const random = randomNumbers(7);
  const midnight = Math.floor(nowMs / dayMs) * dayMs;
  // While days are filled none of them is over: one would be published before anybody has come.
  let clockMs = midnight - days * dayMs;
  const store = openStore({
    folder,
    // Between two looks for what is due, a minute passes.
    now: () => clockMs,
    rules: () => ({
      ...rulesOf({ ...statistics, smallestCellExported: smallest ?? statistics.smallestCellExported }, 'UTC'),
      ...(fineDays === undefined ? {} : { fineDays }),
    }),
    onProblem: ({ code, detail }) => {
      throw new Error(`${code}: ${detail}`);
    },
  });
  for (let day = days; day >= 1; day--) {
    const increments: CounterIncrement[] = [];
    const visits = Math.round(visitsPerDay * (0.6 + 0.8 * random()));
    for (let i = 0; i < visits; i++) increments.push(...madeUpVisit(midnight - day * dayMs, random));
    increments.push(...(more?.(midnight - day * dayMs) ?? []));
    store.add(increments);
    store.flush();
  }
  clockMs = nowMs - 3_600_000;
  // Publishing and merging are done a little at each flush.
  const rows = () =>
    JSON.stringify(
      store.read((connection) =>
        connection.one(
          'SELECT (SELECT count(*) FROM published_cells) AS cells, (SELECT count(*) FROM visits) AS buckets',
        ),
      ),
    );
  let last = '';
  for (let still = 0; still < 5; ) {
    clockMs += 61_000;
    const now = rows();
    still = now === last ? still + 1 : 0;
    last = now;
  }
  store.close();
}
