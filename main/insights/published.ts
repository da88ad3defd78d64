import type { Coverage, DayRange, ShownCell } from '../../contract/insights.ts';
import { dayNamed, nameOfDay } from '../audience/calendar.ts';
import { thresholdFor } from '../audience/hiding.ts';
import type { BlockPart } from '../audience/publication-rules.ts';
import { totalName } from '../audience/published-tables.ts';
import type { Connection } from '../store/connection.ts';

/** Days since 1970, both ends included. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

export function daysOf({ from, to }: DayRange): Days {
  return { from: dayNamed(from), to: dayNamed(to) };
}

export interface Block extends Days {
  readonly passersBy: number;
  readonly watchers: number;
}

/** Sums over the publications that lie within a range of days: the only way to counters that anything shown goes. */
export class Published {
  readonly #connection: Connection;
  readonly #days: Days;
  readonly #smallest: number;
  readonly #threshold: number;
  readonly #blocks = new Map<BlockPart, readonly Block[]>();
  readonly #tables = new Map<string, ReadonlyMap<string, SummedTable>>();

  /** @param smallest k */
  constructor(connection: Connection, days: Days, smallest: number) {
    this.#connection = connection;
    this.#days = days;
    this.#smallest = smallest;
    this.#threshold = thresholdFor(smallest);
  }

  /** The same of fewer days. */
  within(days: Days): Published {
    return new Published(this.#connection, days, this.#smallest);
  }

  blocks(part: BlockPart): readonly Block[] {
    const known = this.#blocks.get(part) ?? this.#readBlocks(part);
    this.#blocks.set(part, known);
    return known;
  }

  #readBlocks(part: BlockPart): readonly Block[] {
    return this.#connection
      .all(
        'SELECT * FROM published_blocks WHERE part = ? AND from_day >= ? AND to_day <= ? ORDER BY from_day',
        part,
        this.#days.from,
        this.#days.to,
      )
      .map((row) => ({
        from: Number(row.from_day),
        to: Number(row.to_day),
        passersBy: Number(row.passers_by),
        watchers: Number(row.watchers),
      }));
  }

  coverage(published: readonly Days[]): Coverage {
    return {
      from: published[0] === undefined ? null : nameOfDay(published[0].from),
      to: published.at(-1) === undefined ? null : nameOfDay(published.at(-1)?.to ?? 0),
      days: published.reduce((sum, { from, to }) => sum + to - from + 1, 0),
      daysInRange: this.#days.to - this.#days.from + 1,
    };
  }

  /** The tables whose kind begins with a prefix, summed up cell by cell; each prefix is asked of the file once. */
  tables(prefix: string): ReadonlyMap<string, SummedTable> {
    const known = this.#tables.get(prefix) ?? this.#sumUp(prefix);
    this.#tables.set(prefix, known);
    return known;
  }

  #sumUp(prefix: string): ReadonlyMap<string, SummedTable> {
    const tables = new Map<string, SummedTable>();
    const rows = this.#connection.all(
      `SELECT kind, line, place, sum(CASE WHEN hidden_from > ? THEN amount ELSE 0 END) AS shown,
         sum(hidden_from <= ?) AS hidden, sum(hidden_from > ?) AS visible
       FROM published_cells
       WHERE kind >= ? AND kind < ? AND from_day >= ? AND to_day <= ?
       GROUP BY kind, line, place`,
      this.#threshold,
      this.#threshold,
      this.#threshold,
      prefix,
      `${prefix}\u{10FFFF}`,
      this.#days.from,
      this.#days.to,
    );
    for (const { kind, line, place, shown, hidden, visible } of rows) {
      const table = tables.get(String(kind)) ?? new SummedTable();
      tables.set(String(kind), table);
      table.set(String(line), String(place), {
        count: Number(hidden) > 0 && Number(visible) === 0 ? null : Number(shown),
        hiddenIn: Number(hidden),
      });
    }
    return tables;
  }

  /**
   * One table. Where nothing of it is published, it is of nobody only if nobody was there: otherwise it was not counted, or
   * has too few people yet.
   */
  table(kind: string, part: BlockPart, prefix = kind): SummedTable {
    const known = this.tables(prefix).get(kind);
    if (known) return known;
    const blocks = this.blocks(part);
    return new SummedTable(blocks.length > 0 && blocks.every(({ watchers }) => watchers === 0) ? nobody : unpublished);
  }

  /** Whether a count of people may be shown as it is. */
  shows(people: number): boolean {
    return people === 0 || people >= this.#smallest;
  }
}

const nobody: ShownCell = { count: 0, hiddenIn: 0 };
/** Nothing is known of it: neither how many people nor whether there were any. */
export const unpublished: ShownCell = { count: null, hiddenIn: 0 };

export class SummedTable {
  readonly #cells = new Map<string, Map<string, ShownCell>>();
  readonly #missing: ShownCell;

  /** @param missing what a cell is that no publication has */
  constructor(missing: ShownCell = nobody) {
    this.#missing = missing;
  }

  set(line: string, place: string, cell: ShownCell): void {
    const cells = this.#cells.get(line) ?? new Map<string, ShownCell>();
    cells.set(place, cell);
    this.#cells.set(line, cells);
  }

  at(line: string, place = ''): ShownCell {
    return this.#cells.get(line)?.get(place) ?? this.#missing;
  }

  lineTotal(line: string): ShownCell {
    return this.at(line, totalName);
  }

  placeTotal(place: string): ShownCell {
    return this.at(totalName, place);
  }

  get lines(): readonly string[] {
    return [...this.#cells.keys()].filter((line) => line !== totalName);
  }
}

/** Counts may be added whatever is hidden in them: the sum is as incomplete as its parts. */
export function addCells(cells: readonly ShownCell[]): ShownCell {
  const shown = cells.filter(({ count }) => count !== null);
  const hiddenIn = cells.reduce((sum, cell) => sum + cell.hiddenIn, 0);
  const count = shown.reduce((sum, cell) => sum + (cell.count ?? 0), 0);
  const nothing = shown.length === 0 && cells.length > 0;
  return { count: nothing || (hiddenIn > 0 && count === 0) ? null : count, hiddenIn };
}

export function isComplete({ count, hiddenIn }: ShownCell): boolean {
  return count !== null && hiddenIn === 0;
}
