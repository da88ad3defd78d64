import type { Log } from '../log/log.ts';
import type { Clock } from '../vision/clock.ts';
import { msUntilNight } from './night.ts';
import type { Updater, UpdaterEvents } from './updater.ts';

export const checkEveryMs = 24 * 60 * 60_000;

export interface UpdateServiceOptions {
  /** null where an installation is not its own to update; then the address has no effect. */
  readonly createUpdater: ((events: UpdaterEvents) => Updater) | null;
  readonly clock: Clock;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Looks for updates at the operator's address when the kiosk starts and once a day, and nowhere and never without one.
 * What was fetched is installed when the kiosk is left, or at night, when nobody stands before the window.
 */
export class UpdateService {
  readonly #options: UpdateServiceOptions;
  #updater: Updater | null = null;
  #address: string | null = null;
  #cancelCheck: () => void = () => {};
  #cancelInstall: () => void = () => {};

  constructor(options: UpdateServiceOptions) {
    this.#options = options;
  }

  get address(): string | null {
    return this.#address;
  }

  /** The address as the settings have it now. */
  apply(address: string | null): void {
    if (address === this.#address) return;
    this.close();
    this.#updater?.forget();
    this.#address = address;
    if (address === null) return;
    this.#updater ??= this.#createUpdater();
    this.#check();
  }

  close(): void {
    this.#cancelCheck();
    this.#cancelInstall();
  }

  #createUpdater(): Updater | null {
    const { createUpdater, log } = this.#options;
    if (createUpdater) {
      return createUpdater({
        onFetched: (version) => this.#installAtNight(version),
        onError: (error) => log('warn', 'The update did not work.', error),
      });
    }
    log('warn', 'This installation is updated by the system it was installed with; the address has no effect.');
    return null;
  }

  #check(): void {
    const { clock, log } = this.#options;
    const updater = this.#updater;
    const address = this.#address;
    if (!updater || address === null) return;
    this.#cancelCheck = clock.after(checkEveryMs, () => this.#check());
    updater.check(address).catch((error: unknown) => log('warn', 'No update could be looked for.', error));
  }

  #installAtNight(version: string): void {
    // The address was taken away while it was being fetched.
    if (this.#address === null) return;
    const { clock, now, log } = this.#options;
    log('info', `Version ${version} has been fetched; it is installed at night or when Vitrine is left.`);
    this.#cancelInstall();
    this.#cancelInstall = clock.after(msUntilNight(now()), () => {
      log('info', `Version ${version} is being installed.`);
      this.#updater?.installAndRestart();
    });
  }
}
