import type { Repository } from './repository.ts';

/** A histogram of each other attribute on its own, per bucket. */
export const watchersByAttribute: Repository<'watchers_by_attribute'> = {
  table: 'watchers_by_attribute',
  columns: ['bucket_start', 'attribute', 'value', 'watchers'],
  add: (connection, { bucketStartMs, attribute, value, watchers }) =>
    connection.run(
      `INSERT INTO watchers_by_attribute (bucket_start, attribute, value, watchers) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET watchers = watchers + excluded.watchers`,
      bucketStartMs,
      attribute,
      value,
      watchers,
    ),
};
