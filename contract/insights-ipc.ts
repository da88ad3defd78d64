import { z } from 'zod';
import type { AuditEntry, InsightsReport, TodayFigures } from './insights.ts';
import { dayRangeSchema, exportFormats } from './insights.ts';

/** Requests of the pages "Insights" and "Audit log". All of them are the operator's. */
export const insightsRequestSchemas = {
  /** An Outcome error `bad-range` where `to` is before `from` or the range is too long. */
  'insights:report': dayRangeSchema,
  'insights:today': z.undefined(),
  /** Opens the save dialog; written with the thresholds for exports. */
  'insights:export': dayRangeSchema.extend({ format: z.enum(exportFormats) }),
  /** Proof of play, as told in docs/data-dictionary.md; an Outcome error `too-many-plays` for a range with too many. */
  'insights:export-plays': dayRangeSchema.extend({ format: z.enum(exportFormats) }),
  /** Opens the save dialog and prints the page that is showing (its print style) to a PDF of one A4 sheet. */
  'insights:print': z.object({ landscape: z.boolean() }),
  /** Everything counted, with damaged copies, logs and what SQLite keeps beside its file. Cannot be undone. */
  'insights:delete-everything': z.object({ confirmed: z.literal(true), audit: z.boolean() }),
  /** Newest first. */
  'audit:list': z.object({ beforeId: z.int().positive().nullable(), limit: z.int().min(1).max(500) }),
  /** All of it as CSV. Opens the save dialog. */
  'audit:export': z.undefined(),
} as const;

export const insightsOperatorChannels = [
  'insights:report',
  'insights:today',
  'insights:export',
  'insights:export-plays',
  'insights:print',
  'insights:delete-everything',
  'audit:list',
  'audit:export',
] as const satisfies readonly (keyof typeof insightsRequestSchemas)[];

/** Null = the operator cancelled. Names of the files written, without their folder. */
export type SavedFiles = { readonly files: readonly string[] } | null;

export interface DeletionReport {
  /** False where a file could not be removed (another program holds it); `remaining` names them. */
  readonly complete: boolean;
  readonly removedFiles: number;
  readonly remaining: readonly string[];
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** Pass as `beforeId` for older ones; null = there are none. */
  readonly nextBeforeId: number | null;
  /** How long entries are kept, days. */
  readonly keptDays: number;
}

export interface InsightsRequestResults {
  'insights:report': InsightsReport;
  'insights:today': TodayFigures;
  'insights:export': SavedFiles;
  'insights:export-plays': SavedFiles;
  'insights:print': SavedFiles;
  'insights:delete-everything': DeletionReport;
  'audit:list': AuditPage;
  'audit:export': SavedFiles;
}
