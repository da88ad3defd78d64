import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { DayRange, ExportFormat, InsightsReport } from '../../contract/insights.ts';
import type { AuditPage, DeletionReport } from '../../contract/insights-ipc.ts';
import type { Settings } from '../../contract/settings.ts';
import type { LiveCounters } from '../../contract/statistics.ts';
import { Calendar, machineTimeZone, nameOfDay } from '../audience/calendar.ts';
import type { Confusions } from '../insights/distributions.ts';
import { auditCsv } from '../insights/export/audit-csv.ts';
import { type ExportOrigin, figuresTable, playsTable } from '../insights/export/export-tables.ts';
import { writeTable } from '../insights/export/table-file.ts';
import { type PlaysReport, playsReport, TooManyPlaysError } from '../insights/plays.ts';
import { BadRangeError, checkRange, insightsReport } from '../insights/report.ts';
import { todayFigures } from '../insights/today.ts';
import { type AuditFacts, auditEntries, auditTable, mostEntries } from '../store/audit-log.ts';
import type { StatisticsStore } from '../store/statistics-store.ts';
import type { RequestHandlers } from './request-router.ts';
import { RequestError } from './request-router.ts';
import { type FileServices, saved } from './saved-file.ts';

/** What the requests of the page "Insights" act upon. */
export interface InsightsServices extends FileServices {
  readonly settings: () => Settings;
  readonly counters: () => LiveCounters;
  readonly store: Pick<StatisticsStore, 'read' | 'erase'>;
  /** Into the audit log. */
  readonly record: (facts: AuditFacts) => void;
  readonly origin: () => Omit<ExportOrigin, 'watcherMs'>;
  /** How the attribute network is known to err. */
  readonly confusions: () => Confusions;
  /** Of the signage items now, by `<playlist>/<item>`. */
  readonly itemNames: () => ReadonlyMap<string, string>;
  readonly now: () => number;
}

type InsightsHandlers = Pick<RequestHandlers, Extract<keyof RequestHandlers, `insights:${string}` | `audit:${string}`>>;

export function insightsHandlers(services: InsightsServices): InsightsHandlers {
  return {
    'insights:report': (range) => reportOf(services, range, services.settings().statistics.smallestCellShown),
    'insights:today': () => {
      const day = nameOfDay(new Calendar(machineTimeZone()).dayOf(services.now()));
      return todayFigures(services.counters(), day, services.settings().statistics.smallestCellShown);
    },
    'insights:export': async ({ format, ...range }) => {
      const { statistics } = services.settings();
      const report = reportOf(services, range, statistics.smallestCellExported);
      const path = await services.chooseSavePath(fileName('vitrine', range, format), format);
      if (path === null) return null;
      const files = await saved(() => writeTable(path, format, figuresTable(report, originOf(services))));
      services.record({ kind: 'exported', details: { format, from: range.from, to: range.to } });
      return { files };
    },
    'insights:export-plays': async ({ format, ...range }) => {
      const report = playsOf(services, range);
      const path = await services.chooseSavePath(fileName('vitrine-plays', range, format), format);
      if (path === null) return null;
      const files = await saved(() => writeTable(path, format, playsTable(report, originOf(services))));
      const rows = String(report.rows.length);
      services.record({ kind: 'plays-exported', details: { format, from: range.from, to: range.to, rows } });
      return { files };
    },
    'insights:print': async ({ landscape }) => {
      const path = await services.chooseSavePath('vitrine-report.pdf', 'pdf');
      if (path === null) return null;
      await saved(() => services.printTo(path, landscape));
      services.record({ kind: 'report-printed', details: {} });
      return { files: [basename(path)] };
    },
    'insights:delete-everything': ({ audit }) => deleteEverything(services, audit),
    'audit:list': ({ beforeId, limit }) => auditPage(services, beforeId, limit),
    'audit:export': async () => {
      const path = await services.chooseSavePath('vitrine-audit-log.csv', 'csv');
      if (path === null) return null;
      const entries = services.store.read((connection) => auditEntries(connection, null, mostEntries)) ?? unreadable();
      await saved(() => writeFileSync(path, auditCsv(entries)));
      services.record({ kind: 'audit-exported', details: { entries: String(entries.length) } });
      return { files: [basename(path)] };
    },
  };
}

function reportOf(services: InsightsServices, range: DayRange, smallest: number): InsightsReport {
  const context = {
    statistics: services.settings().statistics,
    smallest,
    timeZone: machineTimeZone(),
    nowMs: services.now(),
    confusions: services.confusions(),
    itemNames: services.itemNames(),
  };
  refuseBadRange(range);
  return services.store.read((connection) => insightsReport(connection, range, context)) ?? unreadable();
}

function playsOf(services: InsightsServices, range: DayRange): PlaysReport {
  refuseBadRange(range);
  let tooMany: TooManyPlaysError | null = null;
  const report = services.store.read((connection) => {
    try {
      return playsReport(connection, range, {
        smallest: services.settings().statistics.smallestCellExported,
        timeZone: machineTimeZone(),
        nowMs: services.now(),
        itemNames: services.itemNames(),
      });
    } catch (error) {
      // No fault of the file, for which the store would take it.
      if (!(error instanceof TooManyPlaysError)) throw error;
      tooMany = error;
      return null;
    }
  });
  if (tooMany !== null) throw new RequestError('too-many-plays', (tooMany as TooManyPlaysError).message);
  return report ?? unreadable();
}

function originOf(services: InsightsServices): ExportOrigin {
  return { ...services.origin(), watcherMs: services.settings().statistics.watcherMs };
}

/** Before the file is asked: what goes wrong there is taken for the file's fault. */
function refuseBadRange(range: DayRange): void {
  try {
    checkRange(range);
  } catch (error) {
    if (error instanceof BadRangeError) throw new RequestError('bad-range', error.message);
    throw error;
  }
}

function unreadable(): never {
  throw new RequestError('statistics-unreadable', 'The statistics file cannot be read at the moment. Try again soon.');
}

function deleteEverything({ store, record }: InsightsServices, audit: boolean): DeletionReport {
  const { removedFiles, remaining } = store.erase(audit ? [] : [auditTable]);
  record({ kind: 'statistics-deleted', details: { files: String(removedFiles) } });
  return { complete: remaining.length === 0, removedFiles, remaining };
}

function auditPage(services: InsightsServices, beforeId: number | null, limit: number): AuditPage {
  const entries = services.store.read((connection) => auditEntries(connection, beforeId, limit)) ?? unreadable();
  const last = entries.length === limit ? entries.at(-1) : undefined;
  return { entries, nextBeforeId: last?.id ?? null, keptDays: services.settings().statistics.retention.auditDays };
}

function fileName(what: string, { from, to }: DayRange, format: ExportFormat): string {
  return `${what}-${from}-${to}.${format}`;
}
