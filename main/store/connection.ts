import Database from 'better-sqlite3';

/** Values as SQLite stores them here. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/**
 * On the fallback runtime, which has a native module of its own, a statement or connection that is garbage-collected
 * may end the process (Node-API finalizers run within the collection there). So none of them is ever let go.
 */
const kept: unknown[] = [];

/** How long to wait for another program that holds the file, ms: the process stands still meanwhile. */
const busyTimeoutMs = 250;

/** One open file. Every statement is prepared once and kept. */
export class Connection {
  readonly #database: Database.Database;
  readonly #keepForever: boolean;
  readonly #statements = new Map<string, Database.Statement<Cell[], unknown>>();

  /**
   * @param nativeBinding path of better-sqlite3's native module, where it is not the one in the package
   * @param readOnly for a program that looks on while another writes
   * @throws SqliteError
   */
  constructor(path: string, nativeBinding: string | undefined, readOnly = false) {
    this.#database = new Database(path, {
      timeout: busyTimeoutMs,
      ...(readOnly ? { readonly: true, fileMustExist: true } : {}),
      ...(nativeBinding ? { nativeBinding } : {}),
    });
    this.#keepForever = nativeBinding !== undefined;
    if (this.#keepForever) kept.push(this.#database);
  }

  run(sql: string, ...values: Cell[]): void {
    this.#statement(sql).run(...values);
  }

  one(sql: string, ...values: Cell[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  all(sql: string, ...values: Cell[]): readonly Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  /** Several statements without values or results. */
  execute(sql: string): void {
    this.#database.exec(sql);
  }

  /** All or nothing. */
  transaction(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }

  #statement(sql: string): Database.Statement<Cell[], unknown> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare<Cell[]>(sql);
      this.#statements.set(sql, statement);
      if (this.#keepForever) kept.push(statement);
    }
    return statement;
  }
}
