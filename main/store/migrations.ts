import type { Connection } from './connection.ts';

/**
 * The steps by which the file came to its present layout, in order and never changed once released: the first one makes
 * version 1 of an empty file. The version stands in `PRAGMA user_version`.
 *
 * Only counters have a place here: every column is a time bucket, a class or an amount (a test holds this to be so).
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE visits (
    bucket_start INTEGER NOT NULL PRIMARY KEY,
    passers_by INTEGER NOT NULL,
    watchers INTEGER NOT NULL,
    dwell_ms INTEGER NOT NULL,
    attention_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE visits_by_duration (
    bucket_start INTEGER NOT NULL,
    measure TEXT NOT NULL,
    from_ms INTEGER NOT NULL,
    visits INTEGER NOT NULL,
    PRIMARY KEY (bucket_start, measure, from_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE watchers_by_age_gender (
    bucket_start INTEGER NOT NULL,
    age_band TEXT NOT NULL,
    gender TEXT NOT NULL,
    watchers INTEGER NOT NULL,
    PRIMARY KEY (bucket_start, age_band, gender)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE watchers_by_attribute (
    bucket_start INTEGER NOT NULL,
    attribute TEXT NOT NULL,
    value TEXT NOT NULL,
    watchers INTEGER NOT NULL,
    PRIMARY KEY (bucket_start, attribute, value)
  ) STRICT, WITHOUT ROWID;
  `,
  // The final publications: see docs/privacy.md. `from_day` and `to_day` are days since 1970 in the kiosk's calendar.
  `
  ALTER TABLE visits ADD COLUMN watcher_attention_ms INTEGER NOT NULL DEFAULT 0;
  UPDATE visits SET watcher_attention_ms = attention_ms;
  CREATE TABLE published_days (
    from_day INTEGER NOT NULL PRIMARY KEY,
    to_day INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    time_zone TEXT NOT NULL,
    passers_by INTEGER NOT NULL,
    watchers INTEGER NOT NULL,
    dwell_ms INTEGER NOT NULL,
    attention_ms INTEGER NOT NULL,
    watcher_attention_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE published_blocks (
    part TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    passers_by INTEGER NOT NULL,
    watchers INTEGER NOT NULL,
    PRIMARY KEY (part, from_day)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE published_cells (
    part TEXT NOT NULL,
    kind TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    line TEXT NOT NULL,
    place TEXT NOT NULL,
    amount INTEGER NOT NULL,
    hidden_from INTEGER NOT NULL,
    PRIMARY KEY (kind, from_day, line, place)
  ) STRICT, WITHOUT ROWID;
  `,
  // Proof of play: a log of what was shown, without people, and counters of each item's audience.
  `
  CREATE TABLE plays (
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    screen TEXT NOT NULL,
    playlist TEXT NOT NULL,
    item TEXT NOT NULL,
    reason TEXT NOT NULL,
    completed INTEGER NOT NULL,
    plays INTEGER NOT NULL,
    shown_ms INTEGER NOT NULL,
    PRIMARY KEY (start_ms, screen, playlist, item, reason, completed, end_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE plays_by_item (
    bucket_start INTEGER NOT NULL,
    playlist TEXT NOT NULL,
    item TEXT NOT NULL,
    plays INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    shown_ms INTEGER NOT NULL,
    passers_by INTEGER NOT NULL,
    watchers INTEGER NOT NULL,
    attention_ms INTEGER NOT NULL,
    PRIMARY KEY (bucket_start, playlist, item)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    details TEXT NOT NULL
  ) STRICT;
  `,
  // How many people watched an item, each once a visit: by them its audience is hidden. Of what was counted before only the
  // fewest that it can have been are known.
  `
  ALTER TABLE plays_by_item ADD COLUMN people INTEGER NOT NULL DEFAULT 0;
  UPDATE plays_by_item SET people = (watchers + plays - 1) / plays WHERE plays > 0;
  `,
];

/**
 * Brings the file to the newest layout, each step in a transaction of its own.
 *
 * @throws where the file was written by a newer version of the application
 */
export function migrate(connection: Connection, steps: readonly string[] = migrations): void {
  const version = Number(connection.one('PRAGMA user_version')?.user_version ?? 0);
  if (version > steps.length) {
    throw new Error(
      `the statistics file has layout ${version}, this version knows ${steps.length}: update the program`,
    );
  }
  steps.slice(version).forEach((step, index) => {
    connection.transaction(() => {
      connection.execute(step);
      connection.execute(`PRAGMA user_version = ${version + index + 1}`);
    });
  });
}
