import { panelSchedule } from '../../../contract/panel.ts';
import type { Settings } from '../../../contract/settings.ts';
import { DueCache } from '../../signage/schedule.ts';
import { ZoneClock } from '../../signage/zone-time.ts';

export interface PanelState {
  /** It is time: content plays and people are counted. */
  readonly playing: boolean;
  /** The panel is to give light: it is time, or somebody is at the machine. */
  readonly lit: boolean;
  /** The camera is open: it is time, or the operator wants to see its picture. */
  readonly watching: boolean;
}

export interface PanelWatchOptions {
  readonly settings: () => Settings;
  /** Monotonic, ms. */
  readonly now: () => number;
  /** Wall clock, ms since the epoch. */
  readonly wallNow: () => number;
  /** Somebody has given the PIN and not left since. */
  readonly isOperatorHere: () => boolean;
  readonly onState: (state: PanelState, before: PanelState) => void;
}

/** A key or a touch while the panel is off lights it for so long, so that the PIN can be typed. */
export const lightAfterTouchMs = 60_000;

/** Says by the clock, and by who is there, whether the panel is on. Its `look` is to be called about once a second. */
export class PanelWatch {
  readonly #options: PanelWatchOptions;
  #due: DueCache;
  #schedule: ReturnType<typeof panelSchedule>;
  #touchedMs = Number.NEGATIVE_INFINITY;
  #state: PanelState;

  constructor(options: PanelWatchOptions) {
    this.#options = options;
    const { display, signage } = options.settings();
    this.#due = new DueCache(new ZoneClock(signage.timeZone));
    this.#schedule = panelSchedule(display.panel);
    this.#state = this.#stateNow();
  }

  get state(): PanelState {
    return this.#state;
  }

  /** The settings are others now. */
  apply(): void {
    const { display, signage } = this.#options.settings();
    this.#due = new DueCache(new ZoneClock(signage.timeZone));
    this.#schedule = panelSchedule(display.panel);
    this.look();
  }

  /** A key was pressed, or the screen touched. */
  touched(): void {
    this.#touchedMs = this.#options.now();
    this.look();
  }

  look(): void {
    const before = this.#state;
    this.#state = this.#stateNow();
    const { playing, lit, watching } = this.#state;
    if (playing === before.playing && lit === before.lit && watching === before.watching) return;
    this.#options.onState(this.#state, before);
  }

  #stateNow(): PanelState {
    const playing = this.#due.isDue(this.#schedule, this.#options.wallNow());
    const operator = this.#options.isOperatorHere();
    const touched = this.#options.now() - this.#touchedMs < lightAfterTouchMs;
    return { playing, lit: playing || operator || touched, watching: playing || operator };
  }
}
