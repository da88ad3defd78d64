import type { FrameResult } from '../../contract/frame-result.ts';
import type { Settings } from '../../contract/settings.ts';
import type { LiveCounters, StoredContents } from '../../contract/statistics.ts';
import { Audience } from '../audience/audience.ts';
import type { Log } from '../log/log.ts';
import type { ProblemRegistry } from '../problems/problem-registry.ts';
import { type AuditFacts, recordAudit } from '../store/audit-log.ts';
import { rulesOf } from '../store/maintenance.ts';
import type { StatisticsStore, StoreProblem } from '../store/statistics-store.ts';
import { openStore } from '../store/statistics-store.ts';

export interface StatisticsLinkOptions {
  readonly folder: string;
  readonly settings: Settings;
  readonly problems: ProblemRegistry;
  readonly log: Log;
}

/** From results to counters to the file, and what is said when that fails. */
export class StatisticsLink {
  readonly #options: StatisticsLinkOptions;
  readonly #store: StatisticsStore;
  readonly #audience: Audience;
  #settings: Settings;

  constructor(options: StatisticsLinkOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#store = openStore({
      folder: options.folder,
      now: Date.now,
      onProblem: (problem) => this.#follow(problem),
      rules: () => rulesOf(this.#settings.statistics),
    });
    this.#audience = new Audience({ settings: options.settings.statistics, store: this.#store, now: Date.now });
  }

  onResult(result: FrameResult): void {
    this.#audience.onResult(result);
  }

  /** Another source or another engine: the tracks known so far are over. */
  onFreshStart(): void {
    this.#audience.onSourceChange();
  }

  apply(settings: Settings): void {
    this.#settings = settings;
    this.#audience.updateSettings(settings.statistics);
  }

  counters(): LiveCounters {
    return this.#audience.counters();
  }

  /** Into the audit log. */
  record(facts: AuditFacts): void {
    const { auditDays } = this.#settings.statistics.retention;
    this.#store.write((connection) => recordAudit(connection, facts, Date.now(), auditDays));
  }

  /** The file itself, for what is reported of it. */
  get store(): Pick<StatisticsStore, 'add' | 'read' | 'erase'> {
    return this.#store;
  }

  stored(): StoredContents {
    return this.#store.contents();
  }

  /** Visits that are still going on are counted, and everything is written. */
  close(): void {
    this.#audience.close();
    this.#store.close();
  }

  #follow({ code, active, params, detail }: StoreProblem): void {
    if (!active) {
      this.#options.problems.clear(code);
      return;
    }
    this.#options.log('error', `Something is wrong with the statistics file: ${code}.`, detail);
    this.#options.problems.raise(code, params);
  }
}
