import type { Repository } from './repository.ts';

/** What was shown when and why; without people. Plays of one quarter of an hour are added up where the clock is coarse. */
export const plays: Repository<'plays'> = {
  table: 'plays',
  columns: ['start_ms', 'end_ms', 'screen', 'playlist', 'item', 'reason', 'completed', 'plays', 'shown_ms'],
  add: (connection, { startMs, endMs, screen, playlist, item, reason, completed, plays: count, shownMs }) =>
    connection.run(
      `INSERT INTO plays (start_ms, end_ms, screen, playlist, item, reason, completed, plays, shown_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET plays = plays + excluded.plays, shown_ms = shown_ms + excluded.shown_ms`,
      startMs,
      endMs,
      screen,
      playlist,
      item,
      reason,
      completed ? 1 : 0,
      count,
      shownMs,
    ),
};
