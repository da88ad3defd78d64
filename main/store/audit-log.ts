import { z } from 'zod';
import type { AuditEntry, AuditKind } from '../../contract/insights.ts';
import { auditKinds } from '../../contract/insights.ts';
import type { Connection } from './connection.ts';

/** What the operator did, for whoever looks after data protection. Says nothing of the audience. */
export const auditTable = 'audit_log';

/** Whatever happens, the table stays small. */
export const mostEntries = 20_000;
const dayMs = 86_400_000;

const rowSchema = z.object({
  id: z.number(),
  at_ms: z.number(),
  kind: z.enum(auditKinds),
  details: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
});

export interface AuditFacts {
  readonly kind: AuditKind;
  /** Short facts; never a secret. */
  readonly details: Readonly<Record<string, string>>;
}

/**
 * @param atMs ms since the epoch
 * @param keptDays older entries are deleted
 * @throws SqliteError
 */
export function recordAudit(
  connection: Connection,
  { kind, details }: AuditFacts,
  atMs: number,
  keptDays: number,
): void {
  connection.transaction(() => {
    insertAudit(connection, { kind, details }, atMs);
    deleteOldAudit(connection, atMs, keptDays);
  });
}

/** As part of the transaction of what is recorded, so that neither is there without the other. */
export function insertAudit(connection: Connection, { kind, details }: AuditFacts, atMs: number): void {
  connection.run(
    'INSERT INTO audit_log (at_ms, kind, details) VALUES (?, ?, ?)',
    Math.round(atMs),
    kind,
    JSON.stringify(details),
  );
}

/** @param keptDays older entries are deleted, within the caller's transaction */
export function deleteOldAudit(connection: Connection, nowMs: number, keptDays: number): void {
  connection.run('DELETE FROM audit_log WHERE at_ms < ?', Math.round(nowMs - keptDays * dayMs));
  connection.run('DELETE FROM audit_log WHERE id <= (SELECT max(id) FROM audit_log) - ?', mostEntries);
}

/** Newest first. @param beforeId only older entries than this one; null = from the newest on */
export function auditEntries(connection: Connection, beforeId: number | null, limit: number): readonly AuditEntry[] {
  return connection
    .all(
      'SELECT id, at_ms, kind, details FROM audit_log WHERE id < ? ORDER BY id DESC LIMIT ?',
      beforeId ?? Number.MAX_SAFE_INTEGER,
      limit,
    )
    .map((row) => {
      const { id, at_ms: atMs, kind, details } = rowSchema.parse(row);
      return { id, atMs, kind, details };
    });
}
