import type { StoredTable } from '../../../contract/statistics.ts';
import type { CounterIncrement } from '../../audience/counters.ts';
import type { Cell, Connection } from '../connection.ts';

export type IncrementOf<Table extends CounterIncrement['table']> = Extract<CounterIncrement, { table: Table }>;

/** One stored table. All of them are counters: what is added for a cell that is there adds to it. */
export interface Repository<Table extends CounterIncrement['table']> {
  readonly table: Table;
  readonly columns: readonly string[];
  add(connection: Connection, increment: IncrementOf<Table>): void;
}

/** A table for the page "What is stored". */
export interface ShownTable {
  readonly table: string;
  readonly columns: readonly string[];
  /** The column by which the newest rows come first. */
  readonly newestBy: string;
}

/** The newest rows of a table as they are. */
export function readTable(
  connection: Connection,
  { table, columns, newestBy }: ShownTable,
  mostRows: number,
): StoredTable {
  const rows = connection.all(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${newestBy} DESC LIMIT ?`, mostRows);
  return {
    name: table,
    columns,
    rows: rows.map((row) => columns.map((column): Cell => row[column] ?? null)),
    totalRows: Number(connection.one(`SELECT count(*) AS rows FROM ${table}`)?.rows ?? 0),
  };
}
