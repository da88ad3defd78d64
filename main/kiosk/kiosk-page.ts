import type { MessagePortMain } from 'electron';
import { MessageChannelMain } from 'electron';
import type { FrameResult } from '../../contract/frame-result.ts';
import type { KioskEventName, KioskEvents } from '../../contract/ipc.ts';
import { wire } from '../../contract/wire.ts';
import { LatencyMeter } from '../ipc/latency.ts';
import { ResultFeed } from '../ipc/result-feed.ts';
import { systemClock } from '../vision/clock.ts';
import type { WatchedPageOptions } from './watched-page.ts';
import { WatchedPage } from './watched-page.ts';

export interface KioskPageOptions extends WatchedPageOptions {
  /** The page no longer asks for pictures: it is gone. */
  readonly onPreviewEnded: () => void;
}

const latencyReportMs = 60_000;

/** The main screen's page: what is sent to it of the people before it, and what it has drawn. */
export class KioskPage {
  readonly #options: KioskPageOptions;
  readonly #page: WatchedPage;
  readonly #results = new ResultFeed((result) => this.#sendResult(result), systemClock.now);
  readonly #latency = new LatencyMeter();
  readonly #latencyTimer: NodeJS.Timeout;

  constructor(options: KioskPageOptions) {
    this.#options = options;
    this.#page = new WatchedPage({
      ...options,
      onLost: () => {
        this.#results.reset();
        options.onPreviewEnded();
        options.onLost();
      },
    });
    this.#latencyTimer = setInterval(() => this.#reportLatency(), latencyReportMs);
  }

  get webContentsId(): number {
    return this.#page.contents.id;
  }

  load(): void {
    this.#page.load();
  }

  send<Name extends KioskEventName>(name: Name, payload: KioskEvents[Name]): void {
    this.#page.send(name, payload);
  }

  sendResult(result: FrameResult): void {
    this.#results.offer(result);
  }

  /**
   * Gives the page one end of a new channel for pictures.
   * @returns the other end, or null while there is no page to take it: the page that comes next asks for its own
   */
  openPictures(): MessagePortMain | null {
    if (!this.#page.isThere) return null;
    const { port1, port2 } = new MessageChannelMain();
    try {
      this.#page.contents.postMessage(wire.previewPort, null, [port2]);
      return port1;
    } catch (error) {
      // Between the end of a page's process and Electron's word of it, its frame is gone and this throws.
      this.#options.log('warn', 'The page was not there to take a channel for pictures.', error);
      port1.close();
      return null;
    }
  }

  alive(): void {
    this.#page.drawn();
  }

  drawn(sequence: number): void {
    this.#page.drawn();
    this.#results.drawn(sequence);
    this.#latency.drawn(sequence, Date.now());
  }

  close(): void {
    clearInterval(this.#latencyTimer);
    this.#page.close();
  }

  #sendResult(result: FrameResult): void {
    this.#latency.sent(result.sequence, result.capturedAtMs);
    this.#page.sentToDraw();
    this.send('frame-result', result);
  }

  #reportLatency(): void {
    const figures = this.#latency.take();
    if (figures) this.#options.log('info', 'Drawn in the last minute, from the decoding of a frame on', figures);
  }
}
