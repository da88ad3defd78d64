import { Calendar } from '../../audience/calendar.ts';
import type { BlockPart, Totals } from '../../audience/publication-rules.ts';
import { blockParts, isBlockFull, mayStandAlone } from '../../audience/publication-rules.ts';
import type { Connection } from '../connection.ts';
import { tablesOf } from './block-tables.ts';
import type { PublishedDay } from './day-totals.ts';
import { daysBetween, firstBucket, insertDay, lastDay, sumVisits } from './day-totals.ts';

export interface PublicationSettings {
  /** k for days: the threshold of the larger one of what is set for the screen and for exports. */
  readonly smallest: number;
  /** IANA name of the zone whose days and hours are published. */
  readonly timeZone: string;
  readonly watcherMs: number;
}

/** A visit that ended just before midnight may still wait to be written. */
const graceMs = 2 * 60 * 1000;

/**
 * Publishes the next day or block that is due.
 *
 * @param nowMs wall clock, ms since the epoch
 * @returns false where nothing is due
 */
export function publishNext(connection: Connection, settings: PublicationSettings, nowMs: number): boolean {
  const calendar = new Calendar(settings.timeZone);
  for (const part of blockParts) if (publishBlock(connection, part, calendar, settings)) return true;
  const day = nextDay(connection, calendar, settings, nowMs);
  if (day === null) return false;
  connection.transaction(() => insertDay(connection, day));
  return true;
}

/** Whether days are published that are not over by this clock: it is wrong now, or was when they were published. */
export function isBehindPublished(connection: Connection, nowMs: number): boolean {
  return firstUnfinished(connection, nowMs) !== null;
}

function firstUnfinished(connection: Connection, nowMs: number): number | null {
  const day = connection.one('SELECT min(from_day) AS day FROM published_days WHERE end_ms > ?', nowMs)?.day;
  return day === null || day === undefined ? null : Number(day);
}

/** After a clock that ran ahead was put right: takes back what cannot be over, to be published when it is. */
export function withdrawUnfinished(connection: Connection, nowMs: number): void {
  const ahead = firstUnfinished(connection, nowMs);
  if (ahead === null) return;
  connection.transaction(() => {
    connection.run('DELETE FROM published_days WHERE from_day >= ?', ahead);
    connection.run('DELETE FROM published_blocks WHERE to_day >= ?', ahead);
    connection.run('DELETE FROM published_cells WHERE to_day >= ?', ahead);
  });
}

function nextDay(
  connection: Connection,
  calendar: Calendar,
  { smallest }: PublicationSettings,
  nowMs: number,
): PublishedDay | null {
  const last = lastDay(connection);
  const firstMs = last?.endMs ?? firstBucket(connection, 0);
  if (firstMs === null) return null;
  // Where the zone was changed, the day that begins here has a part of the day before in it, or lacks one.
  const fromDay = last === null ? calendar.dayOf(firstMs) : Math.max(last.toDay + 1, calendar.dayOf(firstMs));
  const startMs = last?.endMs ?? calendar.startOf(fromDay);
  for (let toDay = fromDay; ; toDay++) {
    const endMs = calendar.startOf(toDay + 1);
    if (endMs + graceMs > nowMs) return null;
    const sums = sumVisits(connection, startMs, endMs);
    if (mayStandAlone(sums, smallest)) {
      return { fromDay, toDay, startMs, endMs, timeZone: calendar.timeZone, ...sums };
    }
  }
}

function publishBlock(
  connection: Connection,
  part: BlockPart,
  calendar: Calendar,
  { watcherMs }: PublicationSettings,
): boolean {
  const published = connection.one('SELECT max(to_day) AS day FROM published_blocks WHERE part = ?', part)?.day;
  const days = daysBetween(connection, Number(published ?? -1) + 1, Number.MAX_SAFE_INTEGER);
  const length = fullLength(part, days);
  if (length === 0) return false;
  const block = days.slice(0, length);
  const fromDay = block[0]?.fromDay ?? 0;
  const toDay = block.at(-1)?.toDay ?? 0;
  const { passersBy, watchers } = total(block);
  const cells = tablesOf(part, connection, block, { calendar, watcherMs });
  connection.transaction(() => {
    connection.run(
      'INSERT INTO published_blocks (part, from_day, to_day, passers_by, watchers) VALUES (?, ?, ?, ?, ?)',
      part,
      fromDay,
      toDay,
      passersBy,
      watchers,
    );
    for (const { kind, line, place, amount, hiddenFrom } of cells) {
      connection.run(
        `INSERT INTO published_cells (part, kind, from_day, to_day, line, place, amount, hidden_from)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        part,
        kind,
        fromDay,
        toDay,
        line,
        place,
        amount,
        hiddenFrom,
      );
    }
  });
  return true;
}

/** @returns how many of the days make the next block; 0 = not enough yet */
function fullLength(part: BlockPart, days: readonly PublishedDay[]): number {
  const first = days[0];
  if (first === undefined) return 0;
  let passersBy = 0;
  let watchers = 0;
  for (const [i, day] of days.entries()) {
    passersBy += day.passersBy;
    watchers += day.watchers;
    if (isBlockFull(part, { passersBy, watchers }, day.toDay - first.fromDay + 1)) return i + 1;
  }
  return 0;
}

function total(days: readonly PublishedDay[]): Totals {
  return days.reduce(
    (sum, day) => ({ passersBy: sum.passersBy + day.passersBy, watchers: sum.watchers + day.watchers }),
    { passersBy: 0, watchers: 0 },
  );
}
