import type { FrameResult } from '../../contract/frame-result.ts';
import type { Settings } from '../../contract/settings.ts';
import type { LiveCounters, StoredContents } from '../../contract/statistics.ts';
import { Audience } from '../audience/audience.ts';
import type { Log } from '../log/log.ts';
import type { ProblemRegistry } from '../problems/problem-registry.ts';

export interface StatisticsLinkOptions {
  readonly folder: string;
  readonly settings: Settings;
  readonly problems: ProblemRegistry;
  readonly log: Log;
}

/** From results to counters to the file, and what is said when that fails. */
export class StatisticsLink {
  readonly #audience: Audience;

  constructor({ settings }: StatisticsLinkOptions) {
    const store = { add: () => {}, totalsSince: () => ({ passersBy: 0, watchers: 0 }) };
    this.#audience = new Audience({ settings: settings.statistics, store, now: Date.now });
  }

  onResult(result: FrameResult): void {
    this.#audience.onResult(result);
  }

  /** Another source or another engine: the tracks known so far are over. */
  onFreshStart(): void {
    this.#audience.onSourceChange();
  }

  apply(settings: Settings): void {
    this.#audience.updateSettings(settings.statistics);
  }

  counters(): LiveCounters {
    return this.#audience.counters();
  }

  stored(): StoredContents {
    return { fileName: 'statistics.sqlite', sizeBytes: 0, tables: [] };
  }

  close(): void {
    this.#audience.close();
  }
}
