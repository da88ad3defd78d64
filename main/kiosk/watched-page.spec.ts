import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { KioskWindow } from './kiosk-window.ts';
import { WatchedPage } from './watched-page.ts';

/** A page of Electron, whose process ends a moment after it was asked to. */
class Contents extends EventEmitter {
  crashed = false;

  isDestroyed = () => false;
  isCrashed = () => this.crashed;
  send = () => {};

  forcefullyCrashRenderer(): void {
    setTimeout(() => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }), 50);
  }

  crash(): void {
    this.crashed = true;
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  }
}

let contents: Contents;
let window: EventEmitter & { webContents: Contents };
let loads: number;
let page: WatchedPage;

beforeEach(() => {
  vi.useFakeTimers();
  contents = new Contents();
  window = Object.assign(new EventEmitter(), { webContents: contents });
  loads = 0;
  const load = async (): Promise<void> => {
    loads += 1;
    setTimeout(() => {
      contents.crashed = false;
      contents.emit('did-navigate');
    }, 300);
  };
  page = new WatchedPage({
    kiosk: { window, load } as unknown as KioskWindow,
    log: () => {},
    onLost: () => {},
    onRestarted: () => {},
  });
  page.load();
  return () => {
    page.close();
    vi.useRealTimers();
  };
});

/** The page works, and answers each pulse. */
function work(seconds: number): void {
  for (let passed = 0; passed < seconds; passed += 1) {
    vi.advanceTimersByTime(1_000);
    page.drawn();
  }
}

describe('WatchedPage', () => {
  it('loads a page that froze once again, once: the end of its process was our own doing', () => {
    work(5);
    window.emit('unresponsive');
    work(60);
    expect(loads).toBe(2);
  });

  it.each([
    ['was told', () => {}],
    [
      'was told by nobody',
      () => {
        contents.forcefullyCrashRenderer = () => {};
      },
    ],
  ])('still notices when the page that came after it crashes, where the end of the frozen one %s', (_, prepare) => {
    prepare();
    work(5);
    window.emit('unresponsive');
    work(60);
    contents.crash();
    work(5);
    expect(loads).toBe(3);
  });

  it('loads a page that crashed by itself again', () => {
    work(5);
    contents.crash();
    work(60);
    expect(loads).toBe(2);
  });
});
