import type { Calendar } from '../../audience/calendar.ts';
import { weekdayOf } from '../../audience/calendar.ts';
import type { BlockPart } from '../../audience/publication-rules.ts';
import type { ItemSums } from '../../audience/published-items.ts';
import { publishItems } from '../../audience/published-items.ts';
import type { PublishedCell } from '../../audience/published-tables.ts';
import { publishAttention, publishHistogram, publishTable } from '../../audience/published-tables.ts';
import type { Connection } from '../connection.ts';
import type { PublishedDay } from './day-totals.ts';

export interface BlockRules {
  readonly calendar: Calendar;
  readonly watcherMs: number;
}

/** The tables of a block, counted from the buckets of its days. */
export function tablesOf(
  part: BlockPart,
  connection: Connection,
  days: readonly PublishedDay[],
  rules: BlockRules,
): readonly PublishedCell[] {
  const startMs = days[0]?.startMs ?? 0;
  const endMs = days.at(-1)?.endMs ?? 0;
  return part === 'details'
    ? detailTables(connection, startMs, endMs, rules.watcherMs)
    : hourTables(connection, days, rules.calendar);
}

function detailTables(
  connection: Connection,
  startMs: number,
  endMs: number,
  watcherMs: number,
): readonly PublishedCell[] {
  const ageGender = grouped(
    connection.all(
      `SELECT age_band AS a, gender AS b, sum(watchers) AS n FROM watchers_by_age_gender
       WHERE bucket_start >= ? AND bucket_start < ? GROUP BY 1, 2`,
      startMs,
      endMs,
    ),
  );
  const attributes = grouped(
    connection.all(
      `SELECT attribute AS a, value AS b, sum(watchers) AS n FROM watchers_by_attribute
       WHERE bucket_start >= ? AND bucket_start < ? GROUP BY 1, 2`,
      startMs,
      endMs,
    ),
  );
  const durations = grouped(
    connection.all(
      `SELECT measure AS a, CAST(from_ms AS TEXT) AS b, sum(visits) AS n FROM visits_by_duration
       WHERE bucket_start >= ? AND bucket_start < ? GROUP BY 1, 2`,
      startMs,
      endMs,
    ),
  );
  return [
    ...publishTable('age-gender', ageGender),
    ...[...attributes].flatMap(([attribute, counts]) => publishHistogram(`attribute:${attribute}`, counts)),
    ...publishHistogram('duration:dwell', durations.get('dwell') ?? new Map()),
    ...publishAttention('duration:attention', durations.get('attention') ?? new Map(), watcherMs),
    ...publishItems(itemSums(connection, startMs, endMs)),
  ];
}

function itemSums(connection: Connection, startMs: number, endMs: number): readonly ItemSums[] {
  return connection
    .all(
      `SELECT playlist || '/' || item AS item, sum(plays) AS plays, sum(completed) AS completed,
         sum(watchers) AS watchers, sum(people) AS people, sum(attention_ms) AS attention_ms
       FROM plays_by_item WHERE bucket_start >= ? AND bucket_start < ? GROUP BY 1 ORDER BY 1`,
      startMs,
      endMs,
    )
    .map((row) => ({
      item: String(row.item),
      plays: Number(row.plays),
      completed: Number(row.completed),
      watchers: Number(row.watchers),
      people: Number(row.people),
      attentionMs: Number(row.attention_ms),
    }));
}

/**
 * One table per weekday, hours x (watching, passing). Days that were published together have no table of their own weekday,
 * or their single totals could be worked out: they share one, weekday 0. So the total of each table is a sum of published
 * days.
 */
function hourTables(
  connection: Connection,
  days: readonly PublishedDay[],
  calendar: Calendar,
): readonly PublishedCell[] {
  const tables = new Map<number, Map<string, Map<string, number>>>();
  for (const day of days) {
    const weekday = day.fromDay === day.toDay ? weekdayOf(day.fromDay) : 0;
    const table = tables.get(weekday) ?? new Map<string, Map<string, number>>();
    tables.set(weekday, table);
    const buckets = connection.all(
      'SELECT bucket_start, passers_by, watchers FROM visits WHERE bucket_start >= ? AND bucket_start < ?',
      day.startMs,
      day.endMs,
    );
    for (const bucket of buckets) {
      const watching = Number(bucket.watchers);
      const hour = String(calendar.hourOf(Number(bucket.bucket_start))).padStart(2, '0');
      const line = table.get(hour) ?? new Map<string, number>();
      table.set(hour, line);
      add(line, 'watching', watching);
      add(line, 'passing', Number(bucket.passers_by) - watching);
    }
  }
  return [...tables].flatMap(([weekday, table]) => publishTable(`hours:${weekday}`, table));
}

function grouped(rows: ReturnType<Connection['all']>): Map<string, Map<string, number>> {
  const groups = new Map<string, Map<string, number>>();
  for (const { a, b, n } of rows) {
    const group = groups.get(String(a)) ?? new Map<string, number>();
    groups.set(String(a), group);
    add(group, String(b), Number(n));
  }
  return groups;
}

function add(counts: Map<string, number>, name: string, amount: number): void {
  counts.set(name, (counts.get(name) ?? 0) + amount);
}
