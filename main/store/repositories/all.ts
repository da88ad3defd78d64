import type { CounterIncrement } from '../../audience/counters.ts';
import type { Connection } from '../connection.ts';
import { plays } from './plays.ts';
import { playsByItem } from './plays-by-item.ts';
import type { Repository, ShownTable } from './repository.ts';
import { visits } from './visits.ts';
import { visitsByDuration } from './visits-by-duration.ts';
import { watchersByAgeGender } from './watchers-by-age-gender.ts';
import { watchersByAttribute } from './watchers-by-attribute.ts';

export const repositories = [
  visits,
  watchersByAgeGender,
  watchersByAttribute,
  visitsByDuration,
  playsByItem,
  plays,
] as const;

/** In the order in which they are shown. */
export const storedTables: readonly ShownTable[] = [
  ...repositories.map(({ table, columns }) => ({ table, columns, newestBy: columns[0] ?? 'rowid' })),
  { table: 'audit_log', columns: ['id', 'at_ms', 'kind', 'details'], newestBy: 'id' },
  {
    table: 'published_days',
    columns: [
      'from_day',
      'to_day',
      'start_ms',
      'end_ms',
      'time_zone',
      'passers_by',
      'watchers',
      'dwell_ms',
      'attention_ms',
      'watcher_attention_ms',
    ],
    newestBy: 'from_day',
  },
  {
    table: 'published_blocks',
    columns: ['part', 'from_day', 'to_day', 'passers_by', 'watchers'],
    newestBy: 'from_day',
  },
  {
    table: 'published_cells',
    columns: ['part', 'kind', 'from_day', 'to_day', 'line', 'place', 'amount', 'hidden_from'],
    newestBy: 'from_day',
  },
];

export function addIncrement(connection: Connection, increment: CounterIncrement): void {
  const repository = repositories.find(({ table }) => table === increment.table) as
    | Repository<CounterIncrement['table']>
    | undefined;
  repository?.add(connection, increment);
}
