import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProblemCode } from '../../contract/problems.ts';
import type { StoredContents } from '../../contract/statistics.ts';
import type { AudienceTotals, CounterIncrement, CounterStore } from '../audience/counters.ts';
import type { Connection } from './connection.ts';
import type { Erasure } from './erase.ts';
import { eraseTables, removeLeftovers } from './erase.ts';
import type { MaintenanceRules } from './maintenance.ts';
import { defaultRules, Maintenance } from './maintenance.ts';
import { PendingCounters } from './pending-counters.ts';
import { addIncrement, storedTables } from './repositories/all.ts';
import { readTable } from './repositories/repository.ts';
import { totalsSince } from './repositories/visits.ts';
import { openStatisticsFile, putAside, statisticsFileName } from './statistics-file.ts';
import { canStayOpen, failureOf } from './store-error.ts';

export type StoreProblemCode = Extract<ProblemCode, `statistics-${string}`>;

/** A problem that has come up, or that is over. `detail` is for the log. */
export interface StoreProblem {
  readonly code: StoreProblemCode;
  readonly active: boolean;
  readonly params: Readonly<Record<string, string>>;
  readonly detail: string;
}

export interface StoreOptions {
  /** Absolute path; made where it is not there. */
  readonly folder: string;
  /** Wall clock, ms since the epoch. */
  readonly now: () => number;
  readonly onProblem: (problem: StoreProblem) => void;
  /** Counters wait at most this long before they are written, ms. */
  readonly flushIntervalMs?: number;
  /** How many cells may wait in memory while the disk cannot be written. */
  readonly mostPendingCells?: number;
  /** Path of better-sqlite3's native module; by default what VITRINE_SQLITE_BINDING says, or the package's own. */
  readonly nativeBinding?: string | undefined;
  /** What is published when, and for how long counters are kept; asked anew each time. */
  readonly rules?: () => MaintenanceRules;
}

export interface StatisticsStore extends CounterStore {
  /** Writes what waits, in one transaction. Never throws: what cannot be written stays and is tried again. */
  flush(): void;
  /** The tables as they are, after writing what waits. */
  contents(): StoredContents;
  /** Looks at the file, after writing what waits. @returns null where it cannot be read now; that has been told */
  read<Result>(look: (connection: Connection) => Result): Result | null;
  /** Changes something else in the file than counters. @returns null where it cannot be written now; that has been told */
  write<Result>(change: (connection: Connection) => Result): Result | null;
  /**
   * Deletes all that was ever counted, here and in damaged copies that were put aside. Counting goes on from nothing.
   * @param spared tables that keep their rows
   */
  erase(spared?: readonly string[]): Erasure;
  /** Writes what waits and closes the file. */
  close(): void;
}

const flushIntervalMs = 10_000;
/** Rows per table on the page "What is stored". */
const mostRowsShown = 200;

/** Never throws: where the file cannot be used, counting goes on in memory and `onProblem` is told. */
export function openStore(options: StoreOptions): StatisticsStore {
  return new SqliteStatisticsStore(options);
}

class SqliteStatisticsStore implements StatisticsStore {
  readonly #options: StoreOptions;
  readonly #pending: PendingCounters;
  readonly #timer: NodeJS.Timeout;
  readonly #active = new Set<StoreProblemCode>();
  #connection: Connection | null = null;
  readonly #maintenance: Maintenance;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#pending = new PendingCounters(options.mostPendingCells);
    this.#maintenance = new Maintenance(options.rules ?? (() => defaultRules));
    this.flush();
    this.#timer = setInterval(() => this.flush(), options.flushIntervalMs ?? flushIntervalMs);
    this.#timer.unref();
  }

  add(increments: readonly CounterIncrement[]): void {
    const kept = increments.map((increment) => this.#pending.add(increment));
    if (kept.includes(false)) this.#raise('statistics-paused', {}, 'too many counters wait to be written');
  }

  totalsSince(fromMs: number): AudienceTotals {
    const waiting = this.#pending.totalsSince(fromMs);
    const written = this.#attempt((connection) => totalsSince(connection, fromMs));
    return {
      passersBy: waiting.passersBy + (written?.passersBy ?? 0),
      watchers: waiting.watchers + (written?.watchers ?? 0),
    };
  }

  flush(): void {
    this.#connection ??= this.#open();
    this.#attempt((connection) => {
      this.#write(connection);
      this.#maintenance.step(connection, this.#options.now());
      this.#clear('statistics-unwritable');
      this.#clear('statistics-paused');
    });
  }

  contents(): StoredContents {
    this.flush();
    const tables = this.#attempt((connection) =>
      storedTables.map((table) => readTable(connection, table, mostRowsShown)),
    );
    return { fileName: statisticsFileName, sizeBytes: this.#sizeBytes(), tables: tables ?? [] };
  }

  read<Result>(look: (connection: Connection) => Result): Result | null {
    this.flush();
    return this.#attempt(look);
  }

  write<Result>(change: (connection: Connection) => Result): Result | null {
    this.#connection ??= this.#open();
    return this.#attempt(change);
  }

  erase(spared: readonly string[] = []): Erasure {
    this.#pending.clear();
    this.#connection ??= this.#open();
    const complete = this.#attempt((connection) => eraseTables(connection, spared));
    const leftovers = removeLeftovers(this.#options.folder);
    const remaining = complete === true ? leftovers.remaining : [statisticsFileName, ...leftovers.remaining];
    return { removedFiles: leftovers.removedFiles, remaining };
  }

  close(): void {
    clearInterval(this.#timer);
    this.flush();
    this.#attempt((connection) => connection.close());
    this.#connection = null;
  }

  #write(connection: Connection): void {
    if (this.#pending.size === 0 && !this.#active.has('statistics-unwritable')) return;
    connection.transaction(() => {
      for (const increment of this.#pending.entries()) addIncrement(connection, increment);
    });
    this.#pending.clear();
  }

  #open(): Connection | null {
    const { folder, nativeBinding = process.env.VITRINE_SQLITE_BINDING } = this.#options;
    try {
      mkdirSync(folder, { recursive: true });
      return openStatisticsFile(folder, nativeBinding);
    } catch (error) {
      if (failureOf(error) === 'unwritable') {
        this.#raise('statistics-unwritable', {}, String(error));
        return null;
      }
      return this.#beginAnew(error);
    }
  }

  /** Puts the damaged file aside and opens a new one. */
  #beginAnew(damage: unknown): Connection | null {
    const { folder, now, nativeBinding = process.env.VITRINE_SQLITE_BINDING } = this.#options;
    try {
      const file = putAside(folder, now());
      this.#raise('statistics-damaged', { file }, String(damage));
      return openStatisticsFile(folder, nativeBinding);
    } catch (error) {
      this.#raise('statistics-unwritable', {}, `${String(error)}, after ${String(damage)}`);
      return null;
    }
  }

  /** Does something with the file, and deals with what goes wrong. @returns null where it did go wrong */
  #attempt<Result>(work: (connection: Connection) => Result): Result | null {
    if (this.#connection === null) return null;
    try {
      return work(this.#connection);
    } catch (error) {
      if (!canStayOpen(error)) {
        closeQuietly(this.#connection);
        this.#connection = null;
      }
      if (failureOf(error) === 'damaged') this.#connection = this.#beginAnew(error);
      else this.#raise('statistics-unwritable', {}, String(error));
      return null;
    }
  }

  #raise(code: StoreProblemCode, params: Readonly<Record<string, string>>, detail: string): void {
    if (this.#active.has(code) && code !== 'statistics-damaged') return;
    this.#active.add(code);
    this.#options.onProblem({ code, active: true, params, detail });
  }

  #clear(code: StoreProblemCode): void {
    if (this.#active.delete(code)) this.#options.onProblem({ code, active: false, params: {}, detail: '' });
  }

  #sizeBytes(): number {
    try {
      return statSync(join(this.#options.folder, statisticsFileName)).size;
    } catch {
      return 0;
    }
  }
}

function closeQuietly(connection: Connection): void {
  try {
    connection.close();
  } catch {
    // The file is given up anyway; what was wrong with it has been told.
  }
}
