import type { AppUpdater, UpdateCheckResult } from 'electron-updater';
import type { Updater, UpdaterEvents } from './updater.ts';

export interface ElectronUpdaterOptions extends UpdaterEvents {
  readonly platform: NodeJS.Platform;
  /** An AppImage takes the place of the running one; who restarts the application has to know where it lies now. */
  readonly renewed: (program: string) => void;
}

/** electron-updater, loaded only once there is an address. It verifies checksums, and signatures where there are some. */
export class ElectronUpdater implements Updater {
  readonly #options: ElectronUpdaterOptions;
  #loading: Promise<AppUpdater> | null = null;
  #updater: AppUpdater | null = null;
  /** How often everything had to be forgotten, by which a check and its download know that they belong to before. */
  #generation = 0;
  /** The generation of the check that electron-updater is at. */
  #checking = 0;
  #lastCheck: Promise<void> = Promise.resolve();
  #cancellation: UpdateCheckResult['cancellationToken'];
  #program = process.env.APPIMAGE ?? process.execPath;
  #failed = false;

  constructor(options: ElectronUpdaterOptions) {
    this.#options = options;
  }

  check(address: string): Promise<void> {
    const generation = this.#generation;
    // One after another: asked while it is at one, electron-updater answers with that one, of another address perhaps.
    const check = this.#lastCheck.then(() => this.#fetch(address, generation));
    this.#lastCheck = check.catch(() => {});
    return check;
  }

  forget(): void {
    this.#generation += 1;
    this.#cancellation?.cancel();
    if (this.#updater) this.#updater.autoInstallOnAppQuit = false;
  }

  installAndRestart(): void {
    const updater = this.#updater;
    // On a Mac the system replaces the program once all of it has ended, and who starts it then is not ours to say:
    // it is installed when the kiosk is left.
    if (!updater || this.#options.platform === 'darwin') return;
    this.#failed = false;
    // Windows: the installer starts the new version itself. An AppImage would be started while this one still runs.
    updater.quitAndInstall(true, this.#options.platform === 'win32');
    if (!this.#failed && this.#options.platform === 'linux') this.#options.renewed(this.#program);
  }

  async #fetch(address: string, generation: number): Promise<void> {
    this.#loading ??= this.#load();
    const updater = await this.#loading;
    if (generation !== this.#generation) return;
    this.#checking = generation;
    updater.setFeedURL({ provider: 'generic', url: address });
    try {
      const result = await updater.checkForUpdates();
      this.#cancellation = result?.cancellationToken;
      // Forgotten while the address was asked, when there was nothing to cancel yet.
      if (generation !== this.#generation) this.#cancellation?.cancel();
      await result?.downloadPromise;
    } catch (error) {
      // What was to be forgotten and broke off is no failure.
      if (generation === this.#generation) throw error;
    } finally {
      this.#cancellation = undefined;
    }
  }

  async #load(): Promise<AppUpdater> {
    const { autoUpdater } = (await import('electron-updater')).default;
    autoUpdater.logger = null;
    // Only from the moment something has been fetched, and until it is to be forgotten.
    autoUpdater.autoInstallOnAppQuit = false;
    autoUpdater.allowDowngrade = false;
    autoUpdater.disableWebInstaller = true;
    autoUpdater.on('error', (error) => {
      this.#failed = true;
      this.#options.onError(error);
    });
    autoUpdater.on('appimage-filename-updated', (path) => {
      this.#program = path;
    });
    autoUpdater.on('update-downloaded', ({ version }) => {
      // It was complete at the moment it was to be forgotten.
      if (this.#checking !== this.#generation) return;
      autoUpdater.autoInstallOnAppQuit = true;
      this.#options.onFetched(version);
    });
    this.#updater = autoUpdater;
    return autoUpdater;
  }
}
