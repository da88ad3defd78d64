/** Counters since the application started and for today, as the status line shows them. */
export interface LiveCounters {
  /** Visits that ended or are in view today (kiosk time zone). */
  readonly passersByToday: number;
  readonly watchersToday: number;
  /** In view right now. */
  readonly inView: number;
  readonly watchingNow: number;
}

/** A stored table as it is, for the page "What is stored". */
export interface StoredTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** All rows of the table; `rows` holds the newest of them. */
  readonly totalRows: number;
}

export interface StoredContents {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly tables: readonly StoredTable[];
}
