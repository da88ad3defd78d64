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

type Table = CounterIncrement['table'];
type FieldOf<Name extends Table> = Exclude<keyof Extract<CounterIncrement, { table: Name }>, 'table'>;

/** What names a cell of each table. Everything else of an increment is an amount. */
const cellFields: { readonly [Name in Table]: readonly FieldOf<Name>[] } = {
  visits: ['bucketStartMs'],
  visits_by_duration: ['bucketStartMs', 'measure', 'fromMs'],
  watchers_by_age_gender: ['bucketStartMs', 'ageBand', 'gender'],
  watchers_by_attribute: ['bucketStartMs', 'attribute', 'value'],
  plays: ['startMs', 'endMs', 'screen', 'playlist', 'item', 'reason', 'completed'],
  plays_by_item: ['bucketStartMs', 'playlist', 'item'],
};

type Fields = Readonly<Record<string, string | number | boolean>>;

function keyOf(increment: CounterIncrement): string {
  const fields: Fields = increment;
  return [increment.table, ...cellFields[increment.table].map((name) => fields[name])].join('|');
}

/** Both are of the same cell. */
function sum(a: CounterIncrement, b: CounterIncrement): CounterIncrement {
  const more: Fields = b;
  const ofCell: readonly string[] = ['table', ...cellFields[a.table]];
  const amounts = Object.entries(a).filter(([name]) => !ofCell.includes(name));
  return { ...a, ...Object.fromEntries(amounts.map(([name, amount]) => [name, Number(amount) + Number(more[name])])) };
}
