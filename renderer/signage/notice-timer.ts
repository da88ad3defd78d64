import type { SignageSettings } from '../../contract/signage.ts';
import type { Clock } from './playback/clock.ts';

/** The screen is seen first, then the notice comes for the first time. */
export const firstNoticeAfterMs = 3_000;

/** Shows the notice for passers-by every so often. `always` needs no timer: nothing is ever shown then by this one. */
export class NoticeTimer {
  readonly #clock: Clock;
  readonly #show: (shown: boolean) => void;
  #cancel: () => void = () => {};

  constructor(clock: Clock, show: (shown: boolean) => void) {
    this.#clock = clock;
    this.#show = show;
  }

  start({ show, everyMinutes, forSeconds }: SignageSettings['notice']): void {
    this.stop();
    if (show === 'always') return;
    const everyMs = everyMinutes * 60_000;
    const forMs = Math.min(forSeconds * 1000, everyMs - 1000);
    const come = (): void => {
      this.#show(true);
      this.#cancel = this.#clock.after(forMs, () => {
        this.#show(false);
        this.#cancel = this.#clock.after(everyMs - forMs, come);
      });
    };
    this.#cancel = this.#clock.after(Math.min(firstNoticeAfterMs, everyMs), come);
  }

  stop(): void {
    this.#cancel();
    this.#cancel = () => {};
    this.#show(false);
  }
}
