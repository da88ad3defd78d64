import type { Settings } from '../../../contract/settings.ts';
import type { Log } from '../../log/log.ts';
import type { Clock } from '../../vision/clock.ts';
import { KeepAwake } from '../processes.ts';
import { PanelPower } from './panel-power.ts';
import { panelSwitches, runProgram } from './panel-switch.ts';
import { type PanelState, PanelWatch } from './panel-watch.ts';

export interface PanelOptions {
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly isOperatorHere: () => boolean;
  readonly log: Log;
  /** For everything that plays, counts or watches. */
  readonly onState: (state: PanelState, before: PanelState) => void;
}

const lookEveryMs = 1_000;
/** Keys and touches; a mouse that is merely bumped is not somebody who wants in. */
const deliberate: readonly string[] = ['rawKeyDown', 'keyDown', 'mouseDown', 'touchStart', 'gestureTapDown'];

/** The panel and its on and off times: the display's own power, the system's sleep, and who is told of it. */
export class Panel {
  readonly #options: PanelOptions;
  readonly #watch: PanelWatch;
  readonly #power: PanelPower;
  readonly #awake = new KeepAwake();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PanelOptions) {
    const { settings, clock, isOperatorHere, log } = options;
    this.#options = options;
    this.#watch = new PanelWatch({
      settings,
      now: () => clock.now(),
      wallNow: Date.now,
      isOperatorHere,
      onState: (state, before) => this.#follow(state, before),
    });
    this.#power = new PanelPower({ switches: panelSwitches(process.platform, process.env, runProgram), clock, log });
  }

  get state(): PanelState {
    return this.#watch.state;
  }

  start(): void {
    this.#timer = setInterval(() => this.#watch.look(), lookEveryMs);
    // An earlier run may have ended while the panel was off. One that is always on is left to the system.
    if (this.#options.settings().display.panel.byTime) this.#turn(this.state.lit);
    else this.#awake.keep('display');
  }

  /** The settings are others now. */
  apply(): void {
    this.#watch.apply();
  }

  /** @param type Electron's name for what came from a key, the mouse or a finger */
  input(type: string): void {
    if (deliberate.includes(type)) this.#watch.touched();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#power.close();
  }

  #follow(state: PanelState, before: PanelState): void {
    if (state.playing !== before.playing) {
      this.#options.log(
        'info',
        state.playing ? 'It is time for the panel to be on.' : 'It is time for the panel to be off.',
      );
    }
    // What was on screen is over before it gets dark, and there again before it gets light.
    this.#options.onState(state, before);
    if (state.lit !== before.lit) this.#turn(state.lit);
  }

  #turn(lit: boolean): void {
    this.#awake.keep(lit ? 'display' : 'machine');
    void this.#power.want(lit);
  }
}
