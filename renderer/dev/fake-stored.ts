import type { StoredContents } from '../../contract/statistics.ts';

export function fakeStored(): StoredContents {
  const bucket = (index: number) => new Date(Date.UTC(2026, 10, 25, 18, 0) - index * 900_000).toISOString();
  return {
    fileName: 'statistics.sqlite',
    sizeBytes: 86_016,
    tables: [
      {
        name: 'audience_bucket',
        columns: ['bucket_start', 'passers_by', 'watchers', 'dwell_ms', 'attention_ms'],
        rows: Array.from({ length: 12 }, (_, index) => [bucket(index), 40 + index, 12 + index, 81_234, 30_112]),
        totalRows: 96,
      },
      {
        name: 'watchers_by_age_gender',
        columns: ['bucket_start', 'age_band', 'gender', 'people'],
        rows: Array.from({ length: 8 }, (_, index) => [bucket(0), '25-34', index % 2 ? 'female' : null, 3 + index]),
        totalRows: 8,
      },
      { name: 'attribute_histogram', columns: ['bucket_start', 'attribute', 'bin', 'people'], rows: [], totalRows: 0 },
    ],
  };
}
