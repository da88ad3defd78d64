import type { MessagePortMain, WebContents } from 'electron';
import { MessageChannelMain } from 'electron';
import type { FrameResult } from '../../contract/frame-result.ts';
import type { KioskEventName, KioskEvents } from '../../contract/ipc.ts';
import { wire } from '../../contract/wire.ts';
import { LatencyMeter } from '../ipc/latency.ts';
import { ResultFeed } from '../ipc/result-feed.ts';
import type { Log } from '../log/log.ts';
import { systemClock } from '../vision/clock.ts';
import type { KioskWindow } from './kiosk-window.ts';
import { PageWatchdog } from './page-watchdog.ts';

export interface KioskPageOptions {
  readonly kiosk: KioskWindow;
  readonly log: Log;
  /** The page was loaded anew because something was wrong with it. */
  readonly onRestarted: () => void;
  /** The page no longer asks for pictures: it is gone. */
  readonly onPreviewEnded: () => void;
  /** It is loaded anew: what it was told is forgotten. */
  readonly onLost: () => void;
}

const latencyReportMs = 60_000;

/** The page in the window: what is sent to it, what it has drawn, and that it is brought back when it fails. */
export class KioskPage {
  readonly #options: KioskPageOptions;
  readonly #contents: WebContents;
  readonly #watchdog: PageWatchdog;
  readonly #results = new ResultFeed((result) => this.#sendResult(result), systemClock.now);
  readonly #latency = new LatencyMeter();
  readonly #latencyTimer: NodeJS.Timeout;

  constructor(options: KioskPageOptions) {
    this.#options = options;
    this.#contents = options.kiosk.window.webContents;
    this.#watchdog = new PageWatchdog({ clock: systemClock, reload: (reason) => this.#restart(reason) });
    this.#latencyTimer = setInterval(() => this.#reportLatency(), latencyReportMs);
    this.#contents.on('render-process-gone', (_, details) => this.#watchdog.broken(`gone: ${details.reason}`));
    options.kiosk.window.on('unresponsive', () => this.#watchdog.broken('unresponsive'));
    this.#contents.on('preload-error', (_, __, error) =>
      options.log('error', 'The bridge to the page is broken.', error),
    );
  }

  get webContentsId(): number {
    return this.#contents.id;
  }

  load(): void {
    this.#watchdog.loading();
    this.#options.kiosk
      .load()
      .catch((error: unknown) => this.#watchdog.broken(`could not be loaded: ${String(error)}`));
  }

  send<Name extends KioskEventName>(name: Name, payload: KioskEvents[Name]): void {
    if (this.#contents.isDestroyed() || this.#contents.isCrashed()) return;
    this.#contents.send(wire.event, name, payload);
  }

  sendResult(result: FrameResult): void {
    this.#results.offer(result);
  }

  /**
   * Gives the page one end of a new channel for pictures.
   * @returns the other end, or null while there is no page to take it: the page that comes next asks for its own
   */
  openPictures(): MessagePortMain | null {
    if (this.#contents.isDestroyed() || this.#contents.isCrashed()) return null;
    const { port1, port2 } = new MessageChannelMain();
    try {
      this.#contents.postMessage(wire.previewPort, null, [port2]);
      return port1;
    } catch (error) {
      // Between the end of a page's process and Electron's word of it, its frame is gone and this throws.
      this.#options.log('warn', 'The page was not there to take a channel for pictures.', error);
      port1.close();
      return null;
    }
  }

  drawn(sequence: number): void {
    this.#watchdog.drawn();
    this.#results.drawn(sequence);
    this.#latency.drawn(sequence, Date.now());
  }

  close(): void {
    clearInterval(this.#latencyTimer);
    this.#watchdog.close();
  }

  #sendResult(result: FrameResult): void {
    this.#latency.sent(result.sequence, result.capturedAtMs);
    this.#watchdog.sent();
    this.send('frame-result', result);
  }

  /** A page that hangs cannot be navigated: its process has to go first. */
  #restart(reason: string): void {
    if (this.#contents.isDestroyed()) return;
    this.#options.log('error', 'The page did not work and is loaded again.', reason);
    this.#results.reset();
    this.#options.onPreviewEnded();
    this.#options.onLost();
    if (!this.#contents.isCrashed()) this.#contents.forcefullyCrashRenderer();
    this.load();
    this.#options.onRestarted();
  }

  #reportLatency(): void {
    const figures = this.#latency.take();
    if (figures) this.#options.log('info', 'Drawn in the last minute, from the decoding of a frame on', figures);
  }
}
