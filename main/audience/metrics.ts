import type { Visit } from './visit.ts';

// Every figure the product shows is one function here; docs/metrics.md gives the sources.

/**
 * Seen for less than this, a face is more often a chance detection, twice in a row, than a person: even somebody who runs
 * past takes longer. At 8 pictures a second two sights in a row are further apart than this.
 */
export const shortestVisitMs = 100;

/** Whether a visit is counted at all. */
export function isPasserBy(visit: Visit): boolean {
  return dwellMs(visit) >= shortestVisitMs;
}

/** Dwell time: from the first to the last sight of the track, ms. Moments in which it was hidden count. */
export function dwellMs(visit: Visit): number {
  return Math.max(visit.lastSeenMs - visit.firstSeenMs, 0);
}

/** Attention time: how long the face was turned to the screen while it was detected, ms. Never more than the dwell. */
export function attentionMs(visit: Visit): number {
  return Math.min(Math.max(visit.attentionMs, 0), dwellMs(visit));
}

/**
 * A watcher: whose attention adds up to at least the settable time.
 *
 * @param watcherMs ms, 500 by default
 */
export function isWatcher(visit: Visit, watcherMs: number): boolean {
  return attentionMs(visit) >= watcherMs;
}

/** Share of the passers-by who watched, 0..1; null while there are none. */
export function conversion(passersBy: number, watchers: number): number | null {
  return passersBy > 0 ? watchers / passersBy : null;
}

/** Mean over people, in ms; null while there are none. */
export function meanDuration(sumMs: number, people: number): number | null {
  return people > 0 ? sumMs / people : null;
}
