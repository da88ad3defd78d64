import type { Display, Session } from 'electron';
import { BrowserWindow, Menu, screen } from 'electron';
import { chooseDisplay } from './display-choice.ts';
import { denyLeaving, pageRules } from './security-rules.ts';

export interface KioskWindowOptions {
  readonly windowed: boolean;
  /** Whether the inspector may be opened: while developing only. */
  readonly inspectable: boolean;
  readonly session: Session;
  readonly preload: string;
  /** Where the page is loaded from, and its origin. */
  readonly address: string;
  readonly origin: string;
  readonly dark: boolean;
  /** The display to fill; null = the primary one. */
  readonly displayId: () => string | null;
  readonly onOpenSetup: () => void;
  /** Keys or pointer were used; Electron's name for how. */
  readonly onInput: (type: string) => void;
  /** The operator closed the window; asked only where it has a frame to close it by. */
  readonly onClose: () => void;
}

const windowedSize = { width: 1280, height: 800 };
/** One change of the displays is told in several events. */
const settleMs = 500;

const displayEvents = ['display-added', 'display-removed', 'display-metrics-changed'] as const;

/** A window of the kiosk: all of one display, without a menu, a frame or a way out of the page. */
export class KioskWindow {
  readonly #options: KioskWindowOptions;
  readonly window: BrowserWindow;
  readonly #placeLater = (): void => {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.place(), settleMs);
  };
  #closing = false;
  #settling: NodeJS.Timeout | undefined;

  constructor(options: KioskWindowOptions) {
    this.#options = options;
    Menu.setApplicationMenu(null);
    this.window = new BrowserWindow({
      ...this.#shape(),
      show: false,
      title: 'Vitrine',
      backgroundColor: options.dark ? '#0b0e13' : '#ffffff',
      autoHideMenuBar: true,
      webPreferences: {
        ...pageRules,
        session: options.session,
        preload: options.preload,
        devTools: options.inspectable,
        // The page draws also while another window lies over it; the watchdog relies on it.
        backgroundThrottling: false,
        disableDialogs: true,
      },
    });
    this.#lockDown();
    this.#followDisplays();
    this.window.once('ready-to-show', () => this.#show());
  }

  load(): Promise<void> {
    return this.window.loadURL(this.#options.address);
  }

  /** Moves to the display that is chosen now, or to the primary one. */
  place(): void {
    if (this.#options.windowed || this.window.isDestroyed()) return;
    const { bounds } = this.#display();
    this.window.setKiosk(false);
    this.window.setBounds(bounds);
    this.window.setKiosk(true);
    this.window.setAlwaysOnTop(true, 'screen-saver');
  }

  /** Lets the window be closed: its display or the application is about to go. */
  release(): void {
    this.#closing = true;
    clearTimeout(this.#settling);
    for (const event of displayEvents) screen.off(event as 'display-added', this.#placeLater);
  }

  #shape(): Electron.BrowserWindowConstructorOptions {
    if (this.#options.windowed) return { ...windowedSize, center: true };
    return {
      ...this.#display().bounds,
      kiosk: true,
      frame: false,
      resizable: false,
      movable: false,
      minimizable: false,
      skipTaskbar: true,
      enableLargerThanScreen: false,
    };
  }

  #display(): Display {
    return chooseDisplay(screen.getAllDisplays(), screen.getPrimaryDisplay(), this.#options.displayId());
  }

  #show(): void {
    this.window.show();
    this.place();
  }

  #lockDown(): void {
    const { window } = this;
    const contents = window.webContents;
    denyLeaving(contents, this.#options.origin);
    contents.on('before-input-event', (event, input) => {
      // A key that is held back here is told by no `input-event`.
      this.#options.onInput(input.type);
      if (input.type === 'keyDown' && isSetupChord(input)) {
        event.preventDefault();
        this.#options.onOpenSetup();
      } else if (isBrowserShortcut(input, this.#options.inspectable)) event.preventDefault();
    });
    contents.on('input-event', (_, { type }) => this.#options.onInput(type));
    contents.on('context-menu', (event) => event.preventDefault());
    contents.on('zoom-changed', (event) => event.preventDefault());
    contents.on('did-finish-load', () => {
      contents.setZoomFactor(1);
      void contents.setVisualZoomLevelLimits(1, 1);
    });
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('close', (event) => {
      if (this.#closing) return;
      event.preventDefault();
      if (this.#options.windowed) this.#options.onClose();
    });
  }

  #followDisplays(): void {
    for (const event of displayEvents) screen.on(event as 'display-added', this.#placeLater);
  }
}

/** Ctrl+Alt+S, or Cmd+Alt+S on a Mac. By `code`: with Alt held, `key` is another letter on many keyboards. */
function isSetupChord(input: Electron.Input): boolean {
  return (input.control || input.meta) && input.alt && !input.shift && input.code === 'KeyS';
}

/** Reload, zoom, print, find, inspector, leaving fullscreen: what a browser does by keys and a kiosk must not. */
function isBrowserShortcut(input: Electron.Input, inspectable: boolean): boolean {
  if (input.code === 'F12' || (input.control && input.shift && input.code === 'KeyI')) return !inspectable;
  if (['F3', 'F5', 'F7', 'F11', 'BrowserBack', 'BrowserForward', 'BrowserRefresh'].includes(input.code)) return true;
  if (input.alt && ['ArrowLeft', 'ArrowRight', 'Home', 'F4'].includes(input.code)) return true;
  if (!input.control && !input.meta) return false;
  const used = ['KeyR', 'KeyW', 'KeyQ', 'KeyN', 'KeyT', 'KeyP', 'KeyF', 'KeyG', 'KeyS', 'KeyO', 'KeyU', 'KeyJ', 'KeyH'];
  return [...used, 'Equal', 'Minus', 'Digit0', 'NumpadAdd', 'NumpadSubtract', 'Numpad0'].includes(input.code);
}
