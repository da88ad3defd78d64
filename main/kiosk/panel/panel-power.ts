import type { Log } from '../../log/log.ts';
import type { Clock } from '../../vision/clock.ts';
import type { PanelSwitch } from './panel-switch.ts';

export interface PanelPowerOptions {
  readonly switches: readonly PanelSwitch[];
  readonly clock: Clock;
  readonly log: Log;
}

/** A mouse that is bumped, or a display that is plugged in, lights it again; so often it is switched off once more. */
export const againAfterMs = 2 * 60_000;

/** Switches the panel by whatever works here, one step after the other. The last wish counts. */
export class PanelPower {
  readonly #options: PanelPowerOptions;
  #wanted = true;
  /** Null = not known: another run may have left it off. */
  #is: boolean | null = null;
  #working: Promise<void> | null = null;
  #saidThatItCannot = false;
  #cancelAgain: () => void = () => {};

  constructor(options: PanelPowerOptions) {
    this.#options = options;
  }

  /** @returns when nothing is left to do for now */
  want(on: boolean): Promise<void> {
    this.#wanted = on;
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
    return this.#working;
  }

  /** Leaves the panel lit: nobody would do it any more. */
  async close(): Promise<void> {
    this.#cancelAgain();
    if (this.#is === false || !this.#wanted) await this.want(true);
  }

  async #work(): Promise<void> {
    while (this.#is !== this.#wanted) {
      const on = this.#wanted;
      this.#cancelAgain();
      await this.#turn(on);
      this.#is = on;
    }
    if (!this.#wanted) this.#cancelAgain = this.#options.clock.after(againAfterMs, () => this.#onceMore());
  }

  #onceMore(): void {
    if (this.#wanted) return;
    this.#is = null;
    void this.want(false);
  }

  async #turn(on: boolean): Promise<void> {
    const failures: string[] = [];
    for (const { name, turn } of this.#options.switches) {
      try {
        await turn(on);
        this.#options.log('debug', `The panel was switched ${on ? 'on' : 'off'} by ${name}.`);
        return;
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
    if (on || this.#saidThatItCannot) return;
    this.#saidThatItCannot = true;
    this.#options.log(
      'warn',
      'Nothing on this machine can switch the panel off; while it should be off, its picture is black.',
      failures.join('; ') || 'there is no known way',
    );
  }
}
