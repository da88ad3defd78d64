import type { Repository } from './repository.ts';

/** Watchers by age band and gender, per bucket: the only two attributes that are counted together. */
export const watchersByAgeGender: Repository<'watchers_by_age_gender'> = {
  table: 'watchers_by_age_gender',
  columns: ['bucket_start', 'age_band', 'gender', 'watchers'],
  add: (connection, { bucketStartMs, ageBand, gender, watchers }) =>
    connection.run(
      `INSERT INTO watchers_by_age_gender (bucket_start, age_band, gender, watchers) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET watchers = watchers + excluded.watchers`,
      bucketStartMs,
      ageBand,
      gender,
      watchers,
    ),
};
