import type { Calendar } from '../audience/calendar.ts';
import type { Connection } from './connection.ts';

export interface Retention {
  /** Quarters of an hour are merged to days when they are this old, days. */
  readonly fineDays: number;
  /** Everything is deleted when it is this old, days. */
  readonly keptDays: number;
}

/** Tables of counters: the columns that name a cell beside the bucket, and the amounts that are added up. */
export const counterTables: readonly {
  readonly table: string;
  readonly classes: readonly string[];
  readonly amounts: readonly string[];
}[] = [
  {
    table: 'visits',
    classes: [],
    amounts: ['passers_by', 'watchers', 'dwell_ms', 'attention_ms', 'watcher_attention_ms'],
  },
  { table: 'watchers_by_age_gender', classes: ['age_band', 'gender'], amounts: ['watchers'] },
  { table: 'watchers_by_attribute', classes: ['attribute', 'value'], amounts: ['watchers'] },
  { table: 'visits_by_duration', classes: ['measure', 'from_ms'], amounts: ['visits'] },
  {
    table: 'plays_by_item',
    classes: ['playlist', 'item'],
    amounts: ['plays', 'completed', 'shown_ms', 'passers_by', 'watchers', 'attention_ms', 'people'],
  },
];

/** When a row of a table begins, for all tables that grow old. */
const startColumns: readonly (readonly [table: string, column: string])[] = [
  ...counterTables.map(({ table }) => [table, 'bucket_start'] as const),
  ['plays', 'start_ms'],
];

/**
 * Deletes what is too old. To be called within a transaction.
 *
 * @returns how many days of figures have gone
 */
export function deleteExpired(
  connection: Connection,
  { keptDays }: Retention,
  calendar: Calendar,
  nowMs: number,
): number {
  const beforeDay = calendar.dayOf(nowMs) - keptDays;
  const beforeMs = calendar.startOf(Math.max(beforeDay, 0));
  const days = new Set<number>();
  for (const [table, startMs] of startColumns) {
    for (const row of connection.all(
      `SELECT DISTINCT ${startMs} AS start FROM ${table} WHERE ${startMs} < ?`,
      beforeMs,
    )) {
      days.add(calendar.dayOf(Number(row.start)));
    }
    connection.run(`DELETE FROM ${table} WHERE ${startMs} < ?`, beforeMs);
  }
  for (const { from_day, to_day } of connection.all(
    'SELECT from_day, to_day FROM published_days WHERE to_day < ?',
    beforeDay,
  )) {
    for (let day = Number(from_day); day <= Number(to_day); day++) days.add(day);
  }
  for (const table of ['published_days', 'published_blocks', 'published_cells']) {
    connection.run(`DELETE FROM ${table} WHERE to_day < ?`, beforeDay);
  }
  return days.size;
}

/**
 * Merges the quarters of an hour of the oldest published day that is due, into one bucket at its beginning.
 *
 * @returns false where no day is due
 */
export function mergeNextDay(connection: Connection, { fineDays }: Retention, nowMs: number): boolean {
  const before = nowMs - fineDays * 86_400_000;
  const day = connection.one(
    `SELECT d.start_ms, d.end_ms FROM published_days d
     WHERE d.end_ms <= ? AND d.to_day <= (SELECT min(last) FROM (
         SELECT coalesce(max(to_day), -1) AS last FROM published_blocks WHERE part = 'details'
         UNION ALL SELECT coalesce(max(to_day), -1) FROM published_blocks WHERE part = 'hours'))
       AND EXISTS (SELECT 1 FROM visits v WHERE v.bucket_start > d.start_ms AND v.bucket_start < d.end_ms)
     ORDER BY d.from_day LIMIT 1`,
    before,
  );
  if (day === undefined) return false;
  const [startMs, endMs] = [Number(day.start_ms), Number(day.end_ms)];
  connection.transaction(() => {
    for (const { table, classes, amounts } of counterTables)
      mergeTable(connection, table, classes, amounts, startMs, endMs);
    mergePlays(connection, startMs, endMs);
  });
  return true;
}

function mergeTable(
  connection: Connection,
  table: string,
  classes: readonly string[],
  amounts: readonly string[],
  startMs: number,
  endMs: number,
): void {
  const group = classes.length > 0 ? ` GROUP BY ${classes.join(', ')}` : ' HAVING count(*) > 0';
  connection.run(
    `INSERT INTO ${table} (bucket_start, ${[...classes, ...amounts].join(', ')})
     SELECT ? AS bucket_start, ${[...classes, ...amounts.map((amount) => `sum(${amount})`)].join(', ')}
     FROM ${table} WHERE bucket_start > ? AND bucket_start < ?${group}
     ON CONFLICT DO UPDATE SET ${amounts.map((amount) => `${amount} = ${amount} + excluded.${amount}`).join(', ')}`,
    startMs,
    startMs,
    endMs,
  );
  connection.run(`DELETE FROM ${table} WHERE bucket_start > ? AND bucket_start < ?`, startMs, endMs);
}

/** The log of plays of an old day: one line per item, reason and outcome. */
function mergePlays(connection: Connection, startMs: number, endMs: number): void {
  connection.run(
    `INSERT INTO plays (start_ms, end_ms, screen, playlist, item, reason, completed, plays, shown_ms)
     SELECT ? AS start_ms, ? AS end_ms, screen, playlist, item, reason, completed, sum(plays), sum(shown_ms)
     FROM plays WHERE start_ms > ? AND start_ms < ? GROUP BY screen, playlist, item, reason, completed
     ON CONFLICT DO UPDATE SET plays = plays + excluded.plays, shown_ms = shown_ms + excluded.shown_ms`,
    startMs,
    endMs,
    startMs,
    endMs,
  );
  connection.run('DELETE FROM plays WHERE start_ms > ? AND start_ms < ?', startMs, endMs);
}
