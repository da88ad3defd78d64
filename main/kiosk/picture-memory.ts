import type { WebContents } from 'electron';
import type { Log } from '../log/log.ts';
import type { Clock } from '../vision/clock.ts';

/** However often a page asks: it costs its processes a garbage collection. */
export const leastBetweenMs = 10_000;

/**
 * Has Chromium let go of decoded pictures that are not on screen. By itself it keeps those of every play, up to half a
 * gigabyte in memory that the processes share, and gives them up only when it hears that memory is short. Desktop systems
 * never tell it so; the inspector's protocol can, and nothing else that Electron offers does (`webFrame.clearCache` and
 * `session.clearCache` leave them where they are).
 * https://chromedevtools.github.io/devtools-protocol/tot/Memory/#method-simulatePressureNotification
 */
export class PictureMemory {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #log: Log;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Pick<Clock, 'now'>, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  async drop({ debugger: inspector }: Pick<WebContents, 'debugger'>): Promise<void> {
    if (this.#clock.now() - this.#lastMs < leastBetweenMs) return;
    this.#lastMs = this.#clock.now();
    try {
      inspector.attach();
      try {
        await inspector.sendCommand('Memory.simulatePressureNotification', { level: 'critical' });
      } finally {
        inspector.detach();
      }
    } catch (error) {
      // The page is being replaced, or somebody inspects it: the next time will do.
      this.#log('debug', 'Decoded pictures could not be let go of.', error);
    }
  }
}
