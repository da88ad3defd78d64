import type { CounterIncrement } from '../../audience/counters.ts';
import type { Connection } from '../connection.ts';
import type { Repository } from './repository.ts';
import { visits } from './visits.ts';
import { visitsByDuration } from './visits-by-duration.ts';
import { watchersByAgeGender } from './watchers-by-age-gender.ts';
import { watchersByAttribute } from './watchers-by-attribute.ts';

/** In the order in which they are shown. */
export const repositories = [visits, watchersByAgeGender, watchersByAttribute, visitsByDuration] as const;

export function addIncrement(connection: Connection, increment: CounterIncrement): void {
  const repository = repositories.find(({ table }) => table === increment.table) as
    | Repository<CounterIncrement['table']>
    | undefined;
  repository?.add(connection, increment);
}
