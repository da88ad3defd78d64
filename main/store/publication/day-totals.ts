import type { Totals } from '../../audience/publication-rules.ts';
import type { Connection, Row } from '../connection.ts';

/** What is published of one day, or of several that had to be joined. */
export interface PublishedDay extends Totals {
  /** Days since 1970, both ends included. */
  readonly fromDay: number;
  readonly toDay: number;
  /** ms since the epoch; `endMs` is where the next day begins. */
  readonly startMs: number;
  readonly endMs: number;
  readonly timeZone: string;
  readonly dwellMs: number;
  readonly attentionMs: number;
  readonly watcherAttentionMs: number;
}

export interface Sums extends Totals {
  readonly dwellMs: number;
  readonly attentionMs: number;
  readonly watcherAttentionMs: number;
}

const sums = `coalesce(sum(passers_by), 0) AS passers_by, coalesce(sum(watchers), 0) AS watchers,
  coalesce(sum(dwell_ms), 0) AS dwell_ms, coalesce(sum(attention_ms), 0) AS attention_ms,
  coalesce(sum(watcher_attention_ms), 0) AS watcher_attention_ms`;

/** Sums over the buckets that start in [startMs, endMs). */
export function sumVisits(connection: Connection, startMs: number, endMs: number): Sums {
  return sumsOf(
    connection.one(`SELECT ${sums} FROM visits WHERE bucket_start >= ? AND bucket_start < ?`, startMs, endMs) ?? {},
  );
}

/** @returns the first bucket that starts at `fromMs` or later, ms since the epoch */
export function firstBucket(connection: Connection, fromMs: number): number | null {
  const first = connection.one('SELECT min(bucket_start) AS first FROM visits WHERE bucket_start >= ?', fromMs)?.first;
  return first === null || first === undefined ? null : Number(first);
}

export function insertDay(connection: Connection, day: PublishedDay): void {
  connection.run(
    `INSERT INTO published_days (from_day, to_day, start_ms, end_ms, time_zone, passers_by, watchers, dwell_ms,
       attention_ms, watcher_attention_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    day.fromDay,
    day.toDay,
    day.startMs,
    day.endMs,
    day.timeZone,
    day.passersBy,
    day.watchers,
    day.dwellMs,
    day.attentionMs,
    day.watcherAttentionMs,
  );
}

export function lastDay(connection: Connection): PublishedDay | null {
  const row = connection.one('SELECT * FROM published_days ORDER BY from_day DESC LIMIT 1');
  return row === undefined ? null : dayOf(row);
}

/** Those that begin at `fromDay` or later and end by `toDay`, in order. */
export function daysBetween(connection: Connection, fromDay: number, toDay: number): readonly PublishedDay[] {
  return connection
    .all('SELECT * FROM published_days WHERE from_day >= ? AND to_day <= ? ORDER BY from_day', fromDay, toDay)
    .map(dayOf);
}

function dayOf(row: Row): PublishedDay {
  return {
    fromDay: Number(row.from_day),
    toDay: Number(row.to_day),
    startMs: Number(row.start_ms),
    endMs: Number(row.end_ms),
    timeZone: String(row.time_zone),
    ...sumsOf(row),
  };
}

function sumsOf(row: Row): Sums {
  return {
    passersBy: Number(row.passers_by ?? 0),
    watchers: Number(row.watchers ?? 0),
    dwellMs: Number(row.dwell_ms ?? 0),
    attentionMs: Number(row.attention_ms ?? 0),
    watcherAttentionMs: Number(row.watcher_attention_ms ?? 0),
  };
}
