import { stringify } from 'csv-stringify/sync';
import type { AuditEntry } from '../../../contract/insights.ts';

/**
 * The audit log as a table, one line per entry, with the moment in UTC. Details are JSON in one column, because each
 * kind has others; as they begin with a brace, no spreadsheet takes them for a formula.
 */
export function auditCsv(entries: readonly AuditEntry[]): string {
  const rows = entries.map(({ id, atMs, kind, details }) => ({
    id,
    at: new Date(atMs).toISOString(),
    kind,
    details: JSON.stringify(details),
  }));
  return stringify(rows, { header: true, columns: ['id', 'at', 'kind', 'details'] });
}
