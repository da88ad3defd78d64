import type { Display, Session } from 'electron';
import { screen } from 'electron';
import type { KioskEventName, KioskEvents } from '../../contract/ipc.ts';
import type { OwnPage } from '../ipc/sender.ts';
import type { Log } from '../log/log.ts';
import { KioskWindow } from './kiosk-window.ts';
import { WatchedPage } from './watched-page.ts';

export interface FurtherScreensOptions {
  readonly session: Session;
  readonly preload: string;
  /** Where the page is loaded from, and its origin. */
  readonly address: string;
  readonly origin: string;
  readonly inspectable: boolean;
  readonly log: Log;
  /** The displays that are to have a window of their own now, out of those that are there. */
  readonly wanted: (displays: readonly Display[]) => readonly string[];
  readonly onOpenSetup: () => void;
  readonly onInput: (type: string) => void;
  /** Which of them have a window now. */
  readonly onScreens: (screens: readonly string[]) => void;
  readonly onLost: (screen: string) => void;
  readonly onRestarted: () => void;
}

interface FurtherScreen {
  readonly id: string;
  readonly kiosk: KioskWindow;
  readonly page: WatchedPage;
}

/** Windows on the displays beside the main one, each with a stage that plays its own playlist. They come and go with the displays. */
export class FurtherScreens {
  readonly #options: FurtherScreensOptions;
  readonly #screens = new Map<string, FurtherScreen>();
  readonly #followDisplays = (): void => this.follow();

  constructor(options: FurtherScreensOptions) {
    this.#options = options;
    // A display that goes takes its window with it at once, before the window is moved to another one.
    screen.on('display-added', this.#followDisplays);
    screen.on('display-removed', this.#followDisplays);
  }

  /** Opens and closes windows: displays or settings are others now. */
  follow(): void {
    const displays = screen.getAllDisplays();
    const wanted = this.#options.wanted(displays);
    for (const [id, further] of this.#screens) {
      if (wanted.includes(id)) continue;
      this.#screens.delete(id);
      close(further);
    }
    const added = wanted.filter((id) => !this.#screens.has(id));
    for (const id of added) this.#screens.set(id, this.#open(id));
    this.#options.onScreens([...this.#screens.keys()]);
    // Only now: a page asks at once for what it is to play.
    for (const id of added) this.#screens.get(id)?.page.load();
  }

  get pages(): readonly OwnPage[] {
    const { origin } = this.#options;
    return [...this.#screens.values()].map(({ id, page }) => ({ screen: id, origin, webContentsId: page.contents.id }));
  }

  sendTo<Name extends KioskEventName>(id: string, name: Name, payload: KioskEvents[Name]): void {
    this.#screens.get(id)?.page.send(name, payload);
  }

  send<Name extends KioskEventName>(name: Name, payload: KioskEvents[Name]): void {
    for (const { page } of this.#screens.values()) page.send(name, payload);
  }

  alive(id: string): void {
    this.#screens.get(id)?.page.drawn();
  }

  /** For good: a display that is plugged in while the application ends gets no window any more. */
  close(): void {
    screen.off('display-added', this.#followDisplays);
    screen.off('display-removed', this.#followDisplays);
    for (const further of this.#screens.values()) close(further);
    this.#screens.clear();
  }

  #open(id: string): FurtherScreen {
    const { session, preload, address, origin, inspectable, log, onOpenSetup, onInput, onLost, onRestarted } =
      this.#options;
    const kiosk = new KioskWindow({
      windowed: false,
      inspectable,
      session,
      preload,
      address: `${address}?screen=${encodeURIComponent(id)}`,
      origin,
      dark: true,
      displayId: () => id,
      onOpenSetup,
      onInput,
      onClose: () => {},
    });
    return { id, kiosk, page: new WatchedPage({ kiosk, log, onLost: () => onLost(id), onRestarted }) };
  }
}

function close({ kiosk, page }: FurtherScreen): void {
  page.close();
  kiosk.release();
  if (!kiosk.window.isDestroyed()) kiosk.window.destroy();
}
