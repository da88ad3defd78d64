import { describe, expect, it } from 'vitest';
import { auditCsv } from './audit-csv.ts';

describe('auditCsv', () => {
  it('has a line per entry, with quotes, commas and line breaks kept', () => {
    const details = { 'statistics.watcherMs': '500 → 700', note: 'a, "b"\n=1+1' };
    const csv = auditCsv([
      { id: 2, atMs: Date.UTC(2026, 10, 26, 9, 30), kind: 'settings-changed', details },
      { id: 1, atMs: Date.UTC(2026, 10, 25), kind: 'pin-changed', details: {} },
    ]);
    expect(csv.split('\n')).toEqual([
      'id,at,kind,details',
      `2,2026-11-26T09:30:00.000Z,settings-changed,"${JSON.stringify(details).replaceAll('"', '""')}"`,
      '1,2026-11-25T00:00:00.000Z,pin-changed,{}',
      '',
    ]);
  });

  it('is a table without lines where nothing was noted', () => {
    expect(auditCsv([])).toBe('id,at,kind,details\n');
  });
});
