import type { Repository } from './repository.ts';

/** Histograms of dwell and attention, per bucket. */
export const visitsByDuration: Repository<'visits_by_duration'> = {
  table: 'visits_by_duration',
  columns: ['bucket_start', 'measure', 'from_ms', 'visits'],
  add: (connection, { bucketStartMs, measure, fromMs, visits }) =>
    connection.run(
      `INSERT INTO visits_by_duration (bucket_start, measure, from_ms, visits) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET visits = visits + excluded.visits`,
      bucketStartMs,
      measure,
      fromMs,
      visits,
    ),
};
