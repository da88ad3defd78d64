import type { Repository } from './repository.ts';

/** The plays of each signage item and their audience, per bucket. */
export const playsByItem: Repository<'plays_by_item'> = {
  table: 'plays_by_item',
  columns: [
    'bucket_start',
    'playlist',
    'item',
    'plays',
    'completed',
    'shown_ms',
    'passers_by',
    'watchers',
    'attention_ms',
    'people',
  ],
  add: (
    connection,
    { bucketStartMs, playlist, item, plays, completed, shownMs, passersBy, watchers, attentionMs, people },
  ) =>
    connection.run(
      `INSERT INTO plays_by_item
         (bucket_start, playlist, item, plays, completed, shown_ms, passers_by, watchers, attention_ms, people)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET
         plays = plays + excluded.plays,
         completed = completed + excluded.completed,
         shown_ms = shown_ms + excluded.shown_ms,
         passers_by = passers_by + excluded.passers_by,
         watchers = watchers + excluded.watchers,
         attention_ms = attention_ms + excluded.attention_ms,
         people = people + excluded.people`,
      bucketStartMs,
      playlist,
      item,
      plays,
      completed,
      shownMs,
      passersBy,
      watchers,
      attentionMs,
      people,
    ),
};
