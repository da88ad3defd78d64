import type { AudienceTotals, CounterIncrement } from '../audience/counters.ts';

/** About two months of a busy kiosk whose disk cannot be written; a few megabytes. */
const mostCells = 50_000;

/** Counters not yet in the file, one entry per cell, so that they grow with the number of cells and not of people. */
export class PendingCounters {
  readonly #cells = new Map<string, CounterIncrement>();
  readonly #limit: number;

  /** @param limit the most cells to hold */
  constructor(limit = mostCells) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#cells.size;
  }

  /** @returns false where a new cell was needed and there is no room for one: that amount is lost */
  add(increment: CounterIncrement): boolean {
    const key = keyOf(increment);
    const before = this.#cells.get(key);
    if (before === undefined && this.#cells.size >= this.#limit) return false;
    this.#cells.set(key, before === undefined ? increment : sum(before, increment));
    return true;
  }

  entries(): Iterable<CounterIncrement> {
    return this.#cells.values();
  }

  clear(): void {
    this.#cells.clear();
  }

  totalsSince(fromMs: number): AudienceTotals {
    let passersBy = 0;
    let watchers = 0;
    for (const increment of this.#cells.values()) {
      if (increment.table !== 'visits' || increment.bucketStartMs < fromMs) continue;
      passersBy += increment.passersBy;
      watchers += increment.watchers;
    }
    return { passersBy, watchers };
  }
}

function keyOf(increment: CounterIncrement): string {
  const { table, bucketStartMs } = increment;
  switch (increment.table) {
    case 'visits':
      return `${table}|${bucketStartMs}`;
    case 'visits_by_duration':
      return `${table}|${bucketStartMs}|${increment.measure}|${increment.fromMs}`;
    case 'watchers_by_age_gender':
      return `${table}|${bucketStartMs}|${increment.ageBand}|${increment.gender}`;
    case 'watchers_by_attribute':
      return `${table}|${bucketStartMs}|${increment.attribute}|${increment.value}`;
  }
}

/** Both are of the same cell. */
function sum(a: CounterIncrement, b: CounterIncrement): CounterIncrement {
  if (a.table === 'visits' && b.table === 'visits') {
    return {
      ...a,
      passersBy: a.passersBy + b.passersBy,
      watchers: a.watchers + b.watchers,
      dwellMs: a.dwellMs + b.dwellMs,
      attentionMs: a.attentionMs + b.attentionMs,
      watcherAttentionMs: a.watcherAttentionMs + b.watcherAttentionMs,
    };
  }
  if (a.table === 'visits_by_duration' && b.table === 'visits_by_duration')
    return { ...a, visits: a.visits + b.visits };
  if (a.table === 'watchers_by_age_gender' && b.table === 'watchers_by_age_gender') {
    return { ...a, watchers: a.watchers + b.watchers };
  }
  if (a.table === 'watchers_by_attribute' && b.table === 'watchers_by_attribute') {
    return { ...a, watchers: a.watchers + b.watchers };
  }
  throw new Error('two counters of different tables cannot be added');
}
