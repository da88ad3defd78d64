import { performance } from 'node:perf_hooks';
import { settingsSchema } from '../../contract/settings.ts';
import { Calendar, machineTimeZone, nameOfDay } from '../audience/calendar.ts';
import { thresholdFor } from '../audience/hiding.ts';
import { deleteOldAudit, insertAudit } from './audit-log.ts';
import type { Connection } from './connection.ts';
import type { PublicationSettings } from './publication/publish.ts';
import { isBehindPublished, publishNext, withdrawUnfinished } from './publication/publish.ts';
import type { Retention } from './retention.ts';
import { deleteExpired, mergeNextDay } from './retention.ts';

export interface MaintenanceRules extends PublicationSettings, Retention {
  /** How long entries of the audit log are kept, days. */
  readonly auditDays: number;
}

type Statistics = ReturnType<typeof settingsSchema.parse>['statistics'];

export function rulesOf(statistics: Statistics, timeZone = machineTimeZone()): MaintenanceRules {
  const { smallestCellShown, smallestCellExported, watcherMs, retention } = statistics;
  return {
    smallest: thresholdFor(Math.max(smallestCellShown, smallestCellExported)),
    timeZone,
    watcherMs,
    fineDays: retention.fineDays,
    keptDays: retention.keptDays,
    auditDays: retention.auditDays,
  };
}

export const defaultRules = rulesOf(settingsSchema.parse({}).statistics);

/** The main process does other things as well: at most this long at a time, ms. */
const budgetMs = 25;
/** Where nothing was due, nothing is looked for again for this long, ms. */
const pauseMs = 60_000;
/**
 * A clock that is behind what is published is believed after this long, ms: a machine whose battery is empty starts in the
 * past, and is put right by the network a little later.
 */
const clockTrustMs = 3_600_000;

/** Publishes days that are over, merges and deletes old ones: a little at each write. */
export class Maintenance {
  readonly #rules: () => MaintenanceRules;
  readonly #elapsedMs: () => number;
  #nextMs = Number.NEGATIVE_INFINITY;
  #expiredOnDay = -1;
  #behindSinceMs: number | null = null;

  /** @param elapsedMs a clock that nobody sets, ms from any beginning */
  constructor(rules: () => MaintenanceRules, elapsedMs = () => performance.now()) {
    this.#rules = rules;
    this.#elapsedMs = elapsedMs;
  }

  /** @param nowMs wall clock, ms since the epoch. @throws SqliteError; what was done until then is whole */
  step(connection: Connection, nowMs: number): void {
    if (nowMs < this.#nextMs && nowMs > this.#nextMs - 2 * pauseMs) return;
    if (!this.#mayTrust(connection, nowMs)) {
      this.#nextMs = nowMs + pauseMs;
      return;
    }
    const rules = this.#rules();
    this.#expire(connection, rules, nowMs);
    const until = performance.now() + budgetMs;
    let worked = false;
    let due = false;
    do {
      due = publishNext(connection, rules, nowMs) || mergeNextDay(connection, rules, nowMs);
      worked ||= due;
    } while (due && performance.now() < until);
    // The journal would keep pages with what was merged or deleted.
    if (worked && !due) connection.one('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#nextMs = due ? nowMs : nowMs + pauseMs;
  }

  /** Whether the clock can be gone by; where it has long been behind what is published, that is withdrawn. */
  #mayTrust(connection: Connection, nowMs: number): boolean {
    if (!isBehindPublished(connection, nowMs)) {
      this.#behindSinceMs = null;
      return true;
    }
    this.#behindSinceMs ??= this.#elapsedMs();
    if (this.#elapsedMs() - this.#behindSinceMs < clockTrustMs) return false;
    withdrawUnfinished(connection, nowMs);
    return true;
  }

  #expire(connection: Connection, rules: MaintenanceRules, nowMs: number): void {
    const calendar = new Calendar(rules.timeZone);
    const today = calendar.dayOf(nowMs);
    if (today === this.#expiredOnDay) return;
    let days = 0;
    connection.transaction(() => {
      days = deleteExpired(connection, rules, calendar, nowMs);
      const details = { days: String(days), before: nameOfDay(today - rules.keptDays) };
      if (days > 0) insertAudit(connection, { kind: 'retention-deleted', details }, nowMs);
      deleteOldAudit(connection, nowMs, rules.auditDays);
    });
    this.#expiredOnDay = today;
    if (days > 0) connection.one('PRAGMA wal_checkpoint(TRUNCATE)');
  }
}
