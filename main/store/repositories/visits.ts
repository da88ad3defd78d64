import type { AudienceTotals } from '../../audience/counters.ts';
import type { Connection } from '../connection.ts';
import type { Repository } from './repository.ts';

/** Passers-by, watchers and the sums of their times, per bucket. */
export const visits: Repository<'visits'> = {
  table: 'visits',
  columns: ['bucket_start', 'passers_by', 'watchers', 'dwell_ms', 'attention_ms', 'watcher_attention_ms'],
  add: (connection, { bucketStartMs, passersBy, watchers, dwellMs, attentionMs, watcherAttentionMs }) =>
    connection.run(
      `INSERT INTO visits (bucket_start, passers_by, watchers, dwell_ms, attention_ms, watcher_attention_ms)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET
         passers_by = passers_by + excluded.passers_by,
         watchers = watchers + excluded.watchers,
         dwell_ms = dwell_ms + excluded.dwell_ms,
         attention_ms = attention_ms + excluded.attention_ms,
         watcher_attention_ms = watcher_attention_ms + excluded.watcher_attention_ms`,
      bucketStartMs,
      passersBy,
      watchers,
      dwellMs,
      attentionMs,
      watcherAttentionMs,
    ),
};

/** Sums over the buckets that start at `fromMs` or later. */
export function totalsSince(connection: Connection, fromMs: number): AudienceTotals {
  const row = connection.one(
    'SELECT coalesce(sum(passers_by), 0) AS passers_by, coalesce(sum(watchers), 0) AS watchers FROM visits WHERE bucket_start >= ?',
    fromMs,
  );
  return { passersBy: Number(row?.passers_by ?? 0), watchers: Number(row?.watchers ?? 0) };
}
