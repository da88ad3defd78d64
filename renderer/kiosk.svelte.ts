import type { KioskSnapshot } from '../contract/ipc.ts';
import type { Problem } from '../contract/problems.ts';
import type { PublicSettings } from '../contract/settings.ts';
import type { SourceState } from '../contract/source.ts';
import type { LiveCounters } from '../contract/statistics.ts';
import { ask, bridge } from './bridge.ts';
import { i18n } from './i18n/i18n.svelte.ts';

const retrySnapshotMs = 1000;

/** What main tells the page about the whole kiosk; read-only here but for what requests answer. */
class Kiosk {
  settings = $state.raw<PublicSettings | null>(null);
  source = $state.raw<SourceState | null>(null);
  problems = $state.raw<readonly Problem[]>([]);
  counters = $state.raw<LiveCounters>({ passersByToday: 0, watchersToday: 0, inView: 0, watchingNow: 0 });
  pinChosen = $state(false);
  /** It is not time for the panel to be on. */
  panelOff = $state(false);
  info = $state.raw<KioskSnapshot['info'] | null>(null);

  /** @returns a function that ends all subscriptions */
  connect(): () => void {
    const ends = [
      bridge().on('settings', (settings) => this.useSettings(settings)),
      bridge().on('source-state', (source) => {
        this.source = source;
      }),
      bridge().on('problems', (problems) => {
        this.problems = problems;
      }),
      bridge().on('panel-off', (off) => {
        this.panelOff = off;
      }),
      bridge().on('counters', (counters) => {
        this.counters = counters;
      }),
    ];
    let connected = true;
    void this.#loadSnapshot(() => connected);
    return () => {
      connected = false;
      for (const end of ends) end();
    };
  }

  useSettings(settings: PublicSettings): void {
    this.settings = settings;
    i18n.language = settings.display.language;
  }

  /** Reads everything anew: facts such as the models' names have no event of their own. */
  async refresh(): Promise<boolean> {
    const answer = await ask('kiosk:snapshot');
    if (!answer.ok) return false;
    const { settings, source, problems, counters, pinChosen, panelOff, info } = answer.value;
    this.useSettings(settings);
    this.source = source;
    this.problems = problems;
    this.counters = counters;
    this.pinChosen = pinChosen;
    this.panelOff = panelOff;
    this.info = info;
    return true;
  }

  async #loadSnapshot(isWanted: () => boolean): Promise<void> {
    while (isWanted() && !(await this.refresh())) await new Promise((resolve) => setTimeout(resolve, retrySnapshotMs));
  }
}

export const kiosk = new Kiosk();
