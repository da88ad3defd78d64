import type { DayRange } from '../../contract/insights.ts';
import { Calendar, nameOfDay } from '../audience/calendar.ts';
import { bucketMs } from '../audience/time-bucket.ts';
import { itemKey } from '../signage/media-health.ts';
import type { Connection, Row } from '../store/connection.ts';
import { daysBetween } from '../store/publication/day-totals.ts';
import { type Block, type Days, Published } from './published.ts';
import { checkRange } from './report.ts';

/** A line of the export of plays; `playsDictionary` says what each column means. */
export interface PlayRow {
  readonly kind: 'play' | 'plays' | 'audience';
  readonly start: string | null;
  readonly end: string | null;
  readonly from_day: string;
  readonly to_day: string;
  readonly screen: string | null;
  readonly playlist: string;
  readonly item: string;
  readonly name: string;
  readonly reason: string | null;
  readonly plays: number;
  readonly completed: number;
  readonly shown_ms: number | null;
  readonly watchers: number | null;
  readonly attention_ms: number | null;
}

export interface PlaysReport {
  readonly range: DayRange;
  readonly generatedAtMs: number;
  readonly timeZone: string;
  /** k */
  readonly smallestCell: number;
  readonly rows: readonly PlayRow[];
}

export interface PlaysContext {
  /** k */
  readonly smallest: number;
  readonly timeZone: string;
  readonly nowMs: number;
  /** The names of the items now, by `<playlist>/<item>`. */
  readonly itemNames: ReadonlyMap<string, string>;
}

/** About ten weeks of a screen that changes every twenty seconds; more would take minutes and memory to write. */
export const mostPlays = 200_000;

/** More plays than one export holds; `message` says what to do. */
export class TooManyPlaysError extends Error {}

/**
 * A row of the log that tells the exact times of one play. That of a playlist with rules, or one that was merged with
 * others of its day, is as long as a quarter of an hour or a day, whatever was shown in it.
 */
const isExact = `plays = 1 AND reason <> 'rule' AND shown_ms = end_ms - start_ms
  AND NOT (start_ms % ${bucketMs} = 0 AND end_ms - start_ms = ${bucketMs})
  AND NOT EXISTS (SELECT 1 FROM published_days d WHERE d.start_ms = plays.start_ms AND d.end_ms = plays.end_ms)`;

/**
 * Proof of play. What the clock alone decided is told exactly, up to now. Where people could change what played, a play
 * tells that somebody was there and how they were read: of those only sums are told, of the same publications from
 * which the audience figures come, and neither which of them a rule brought nor how long it stayed.
 *
 * @throws BadRangeError, TooManyPlaysError, SqliteError
 */
export function playsReport(connection: Connection, range: DayRange, context: PlaysContext): PlaysReport {
  const days = checkRange(range);
  const published = new Published(connection, days, context.smallest);
  const blocks = published.blocks('details');
  return {
    range,
    generatedAtMs: context.nowMs,
    timeZone: context.timeZone,
    smallestCell: context.smallest,
    rows: [
      ...exactPlays(connection, days, new Calendar(context.timeZone)),
      ...blocks.flatMap((block) => summedPlays(connection, block)),
      ...blocks.flatMap((block) => audiences(published, block)),
    ].map((row) => ({ ...row, name: context.itemNames.get(itemKey(row.playlist, row.item)) ?? row.item })),
  };
}

function exactPlays(connection: Connection, { from, to }: Days, calendar: Calendar): readonly PlayRow[] {
  const rows = connection.all(
    `SELECT * FROM plays WHERE start_ms >= ? AND start_ms < ? AND ${isExact} ORDER BY start_ms, screen LIMIT ?`,
    calendar.startOf(from),
    calendar.startOf(to + 1),
    mostPlays + 1,
  );
  if (rows.length > mostPlays) {
    throw new TooManyPlaysError(`These are more than ${mostPlays} plays. Choose fewer days.`);
  }
  return rows.map((row) => {
    const startMs = Number(row.start_ms);
    const day = nameOfDay(calendar.dayOf(startMs));
    return {
      ...emptyRow(row, 'play', day, day),
      start: new Date(startMs).toISOString(),
      end: new Date(Number(row.end_ms)).toISOString(),
      reason: String(row.reason),
      shown_ms: Number(row.shown_ms),
    };
  });
}

function summedPlays(connection: Connection, block: Block): readonly PlayRow[] {
  const days = daysBetween(connection, block.from, block.to);
  return connection
    .all(
      `SELECT screen, playlist, item, sum(plays) AS plays, sum(plays * completed) AS completed
       FROM plays WHERE start_ms >= ? AND start_ms < ? AND NOT (${isExact})
       GROUP BY screen, playlist, item ORDER BY screen, playlist, item`,
      days[0]?.startMs ?? 0,
      days.at(-1)?.endMs ?? 0,
    )
    .map((row) => emptyRow(row, 'plays', nameOfDay(block.from), nameOfDay(block.to)));
}

function audiences(published: Published, block: Block): readonly PlayRow[] {
  const items = published.within(block).tables('items:');
  const at = (kind: string, line: string) => items.get(`items:${kind}`)?.at(line).count ?? null;
  return (items.get('items:plays')?.lines ?? []).map((line) => {
    // An id has no slash in it.
    const [playlist = '', item = ''] = line.split('/');
    const counted = { playlist, item, screen: null, plays: at('plays', line), completed: at('completed', line) };
    return {
      ...emptyRow(counted, 'audience', nameOfDay(block.from), nameOfDay(block.to)),
      screen: null,
      watchers: at('watchers', line),
      attention_ms: at('attention', line),
    };
  });
}

function emptyRow(row: Row, kind: PlayRow['kind'], fromDay: string, toDay: string): PlayRow {
  return {
    kind,
    start: null,
    end: null,
    from_day: fromDay,
    to_day: toDay,
    screen: String(row.screen),
    playlist: String(row.playlist),
    item: String(row.item),
    name: String(row.item),
    reason: null,
    plays: Number(row.plays),
    completed: Number(row.completed),
    shown_ms: null,
    watchers: null,
    attention_ms: null,
  };
}
