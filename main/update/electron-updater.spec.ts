import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ElectronUpdater } from './electron-updater.ts';

const first = 'https://updates.example.org/first/';
const second = 'https://updates.example.org/second/';

/** electron-updater as far as it is used: answers and downloads come when the test lets them. */
class FakeAutoUpdater extends EventEmitter {
  autoInstallOnAppQuit = true;
  readonly asked: string[] = [];
  readonly cancel = vi.fn(() => this.#breakOff(new Error('cancelled')));
  #address = '';
  #answer: () => void = () => {};
  #finish: () => void = () => {};
  #breakOff: (error: Error) => void = () => {};

  setFeedURL({ url }: { readonly url: string }): void {
    this.#address = url;
  }

  checkForUpdates(): Promise<object> {
    this.asked.push(this.#address);
    const downloadPromise = new Promise<void>((resolve, reject) => {
      this.#finish = resolve;
      this.#breakOff = reject;
    });
    return new Promise((resolve) => {
      this.#answer = () => resolve({ cancellationToken: { cancel: this.cancel }, downloadPromise });
    });
  }

  async answer(): Promise<void> {
    this.#answer();
    await settled();
  }

  async download(version: string): Promise<void> {
    this.emit('update-downloaded', { version });
    this.#finish();
    await settled();
  }
}

const loaded = vi.hoisted((): { autoUpdater: unknown } => ({ autoUpdater: null }));
vi.mock('electron-updater', () => ({ default: loaded }));

/** Lets everything run that waits for nothing but its turn. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Waits until that many addresses have been asked; the first time, electron-updater has to be loaded. */
const asked = (count: number) => vi.waitFor(() => expect(remote.asked).toHaveLength(count));

let remote: FakeAutoUpdater;
let fetched: string[];
let updater: ElectronUpdater;

beforeEach(() => {
  remote = new FakeAutoUpdater();
  loaded.autoUpdater = remote;
  fetched = [];
  updater = new ElectronUpdater({
    platform: 'linux',
    onFetched: (version) => fetched.push(version),
    onError: () => {},
    renewed: () => {},
  });
});

describe('ElectronUpdater', () => {
  it('has what was fetched installed when the application ends, and nothing before', async () => {
    const check = updater.check(first);
    await asked(1);
    expect(remote.autoInstallOnAppQuit).toBe(false);
    await remote.answer();
    await remote.download('0.2.0');
    await check;
    expect(remote.asked).toEqual([first]);
    expect(fetched).toEqual(['0.2.0']);
    expect(remote.autoInstallOnAppQuit).toBe(true);
  });

  it('breaks a download off when it is to be forgotten, which is no failure', async () => {
    const check = updater.check(first);
    await asked(1);
    await remote.answer();
    updater.forget();
    expect(remote.cancel).toHaveBeenCalledOnce();
    await expect(check).resolves.toBeUndefined();
  });

  it('breaks it off at once when it was to be forgotten before the address had answered', async () => {
    const check = updater.check(first);
    await asked(1);
    updater.forget();
    expect(remote.cancel).not.toHaveBeenCalled();
    await remote.answer();
    expect(remote.cancel).toHaveBeenCalledOnce();
    await expect(check).resolves.toBeUndefined();
  });

  it('asks nobody when it was to be forgotten before it could ask', async () => {
    const check = updater.check(first);
    updater.forget();
    await check;
    expect(remote.asked).toEqual([]);
  });

  it('does not install what was complete just as it was to be forgotten', async () => {
    const check = updater.check(first);
    await asked(1);
    await remote.answer();
    remote.cancel.mockImplementation(() => {});
    updater.forget();
    await remote.download('0.2.0');
    await check;
    expect(fetched).toEqual([]);
    expect(remote.autoInstallOnAppQuit).toBe(false);
  });

  it('asks another address only when it has done with the one before', async () => {
    const before = updater.check(first);
    await asked(1);
    updater.forget();
    const check = updater.check(second);
    await settled();
    expect(remote.asked).toEqual([first]);
    await remote.answer();
    await before;
    await asked(2);
    expect(remote.asked).toEqual([first, second]);
    await remote.answer();
    await remote.download('0.3.0');
    await check;
    expect(fetched).toEqual(['0.3.0']);
  });

  it('tells of a failure, and looks again the next time', async () => {
    vi.spyOn(remote, 'checkForUpdates').mockRejectedValueOnce(new Error('no answer'));
    await expect(updater.check(first)).rejects.toThrow('no answer');
    const check = updater.check(first);
    await asked(1);
    await remote.answer();
    await remote.download('0.2.0');
    await check;
    expect(fetched).toEqual(['0.2.0']);
  });
});
