import type { FrameResult } from '../../contract/frame-result.ts';
import type { Settings } from '../../contract/settings.ts';
import type { LiveCounters } from '../../contract/statistics.ts';
import type { CounterStore } from './counters.ts';
import { foldVisit } from './folding.ts';
import { isPasserBy, isWatcher } from './metrics.ts';
import { startOfDay } from './time-bucket.ts';
import { OngoingVisit } from './visit.ts';

export type StatisticsSettings = Settings['statistics'];

export interface AudienceOptions {
  readonly settings: StatisticsSettings;
  readonly store: CounterStore;
  /** Wall clock, ms since the epoch. */
  readonly now: () => number;
}

/** Far more than an engine follows at a time. */
const mostVisits = 1000;
/** A track neither shown nor ended for this long, in source time, is over: its ending has been lost on the way. */
const longestUnseenMs = 10_000;

/**
 * Turns the engine's results into visits, and visits into counters. Knows no box and no picture; of a visit that has
 * ended nothing remains but what was added to counters.
 */
export class Audience {
  readonly #store: CounterStore;
  readonly #now: () => number;
  #settings: StatisticsSettings;
  readonly #visits = new Map<number, OngoingVisit>();
  #shown: ReadonlySet<number> = new Set();
  #lastSequence = -1;

  constructor({ settings, store, now }: AudienceOptions) {
    this.#settings = settings;
    this.#store = store;
    this.#now = now;
  }

  onResult(result: FrameResult): void {
    // An engine that was started anew counts its results, and its tracks, from the beginning.
    if (result.sequence <= this.#lastSequence) this.#endAll();
    this.#lastSequence = result.sequence;

    const { timeMs, capturedAtMs } = result;
    const shown = new Set<number>();
    for (const face of result.faces) {
      const visit = this.#visits.get(face.trackId) ?? this.#begin(face.trackId, timeMs, capturedAtMs);
      visit?.see(face, timeMs, capturedAtMs);
      shown.add(face.trackId);
    }
    this.#shown = shown;
    const over = new Set(result.endedTrackIds);
    for (const [id, visit] of this.#visits) {
      if (!shown.has(id)) visit.miss(timeMs);
      if (over.has(id) || timeMs - visit.lastSeenMs > longestUnseenMs) this.#end(id, visit);
    }
  }

  /** The tracks of the old source are over; the new one may have another clock. */
  onSourceChange(): void {
    this.#endAll();
  }

  updateSettings(settings: StatisticsSettings): void {
    this.#settings = settings;
  }

  /** For the status line: today's people with those still in view, and who is there right now. */
  counters(): LiveCounters {
    const { enabled, watcherMs } = this.#settings;
    const visits = [...this.#visits];
    const inView = visits.filter(([id]) => this.#shown.has(id));
    const { passersBy, watchers } = this.#store.totalsSince(startOfDay(this.#now()));
    return {
      passersByToday: passersBy + (enabled ? visits.filter(([, visit]) => isPasserBy(visit)).length : 0),
      watchersToday: watchers + (enabled ? visits.filter(([, visit]) => isWatcher(visit, watcherMs)).length : 0),
      inView: inView.length,
      watchingNow: inView.filter(([, visit]) => visit.facing).length,
    };
  }

  /** Folds the visits still going on. */
  close(): void {
    this.#endAll();
  }

  #begin(id: number, timeMs: number, capturedAtMs: number): OngoingVisit | null {
    if (this.#visits.size >= mostVisits) return null;
    const visit = new OngoingVisit(timeMs, capturedAtMs);
    this.#visits.set(id, visit);
    return visit;
  }

  #end(id: number, visit: OngoingVisit): void {
    this.#visits.delete(id);
    const { enabled, counted, watcherMs } = this.#settings;
    if (enabled && isPasserBy(visit)) this.#store.add(foldVisit(visit, { counted, watcherMs }));
  }

  #endAll(): void {
    for (const [id, visit] of this.#visits) this.#end(id, visit);
    this.#shown = new Set();
  }
}
