import type { WebContents } from 'electron';
import type { KioskEventName, KioskEvents } from '../../contract/ipc.ts';
import { wire } from '../../contract/wire.ts';
import type { Log } from '../log/log.ts';
import { systemClock } from '../vision/clock.ts';
import type { KioskWindow } from './kiosk-window.ts';
import { PageWatchdog } from './page-watchdog.ts';

export interface WatchedPageOptions {
  readonly kiosk: KioskWindow;
  readonly log: Log;
  /** It was white, frozen or gone and is about to be loaded anew: what it was told is forgotten. */
  readonly onLost: () => void;
  /** It has been loaded anew. */
  readonly onRestarted: () => void;
}

const pulseMs = 1_000;
/** A page that was sent something to draw so lately is judged by that. */
const quietMs = 2_000;

/** A page of ours in its window, brought back when it fails: crashed, frozen, or white. */
export class WatchedPage {
  readonly contents: WebContents;
  readonly #options: WatchedPageOptions;
  readonly #watchdog: PageWatchdog;
  readonly #pulse: NodeJS.Timeout;
  #lastSentMs = Number.NEGATIVE_INFINITY;
  /** We have ended its process ourselves; that is told like any crash, and the next page is on its way already. */
  #endedByUs = false;

  constructor(options: WatchedPageOptions) {
    this.#options = options;
    this.contents = options.kiosk.window.webContents;
    this.#watchdog = new PageWatchdog({ clock: systemClock, reload: (reason) => this.#restart(reason) });
    this.#pulse = setInterval(() => this.#askWhetherAlive(), pulseMs);
    this.contents.on('render-process-gone', (_, details) => this.#gone(details.reason));
    // The next page has a process of its own by now: whatever ends from here on is not the old one.
    this.contents.on('did-navigate', () => {
      this.#endedByUs = false;
    });
    options.kiosk.window.on('unresponsive', () => this.#watchdog.broken('unresponsive'));
    this.contents.on('preload-error', (_, __, error) =>
      options.log('error', 'The bridge to the page is broken.', error),
    );
  }

  /** Whether there is a page that something can be sent to. */
  get isThere(): boolean {
    return !this.contents.isDestroyed() && !this.contents.isCrashed();
  }

  load(): void {
    this.#watchdog.loading();
    this.#options.kiosk
      .load()
      .catch((error: unknown) => this.#watchdog.broken(`could not be loaded: ${String(error)}`));
  }

  send<Name extends KioskEventName>(name: Name, payload: KioskEvents[Name]): void {
    if (this.isThere) this.contents.send(wire.event, name, payload);
  }

  /** Something was sent that the page draws, and says so. */
  sentToDraw(): void {
    this.#lastSentMs = systemClock.now();
    this.#watchdog.sent();
  }

  drawn(): void {
    this.#watchdog.drawn();
  }

  close(): void {
    clearInterval(this.#pulse);
    this.#watchdog.close();
  }

  #askWhetherAlive(): void {
    if (systemClock.now() - this.#lastSentMs < quietMs) return;
    this.send('pulse', null);
    this.#watchdog.sent();
  }

  #gone(reason: string): void {
    if (this.#endedByUs) this.#endedByUs = false;
    else this.#watchdog.broken(`gone: ${reason}`);
  }

  /** A page that hangs cannot be navigated: its process has to go first. */
  #restart(reason: string): void {
    if (this.contents.isDestroyed()) return;
    this.#options.log('error', 'The page did not work and is loaded again.', reason);
    this.#options.onLost();
    if (!this.contents.isCrashed()) {
      this.#endedByUs = true;
      this.contents.forcefullyCrashRenderer();
    }
    this.load();
    this.#options.onRestarted();
  }
}
