import type { CounterIncrement } from '../../main/audience/counters.ts';
import { foldVisit } from '../../main/audience/folding.ts';
import { everythingCounted, fusedAttributes } from './audience-fixtures.ts';

/** The counters of one watcher who was last seen at the time given, ms since the epoch. */
export function oneWatcher(endedAtMs: number): readonly CounterIncrement[] {
  return foldVisit(
    { firstSeenMs: 0, lastSeenMs: 4000, attentionMs: 1500, endedAtMs, attributes: fusedAttributes() },
    { counted: everythingCounted, watcherMs: 500 },
  );
}
