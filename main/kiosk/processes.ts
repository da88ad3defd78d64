import type { App } from 'electron';
import { powerSaveBlocker } from 'electron';
import type { Log } from '../log/log.ts';
import { isSupervised, restart } from '../watch/supervised.ts';
import { rememberSoftwareGraphics } from './graphics-memory.ts';

/** A display that sleeps shows nothing, and a machine that sleeps does not come back in the morning. */
export class KeepAwake {
  #held: { readonly what: 'display' | 'machine'; readonly id: number } | null = null;

  /** The display with the machine, or the machine alone, whose display may then be off. */
  keep(what: 'display' | 'machine'): void {
    if (this.#held?.what === what) return;
    const id = powerSaveBlocker.start(what === 'display' ? 'prevent-display-sleep' : 'prevent-app-suspension');
    if (this.#held) powerSaveBlocker.stop(this.#held.id);
    this.#held = { what, id };
  }
}

/** Chromium restarts its graphics process by itself, but ends the whole program after some crashes in a row. */
const gpuCrashesTolerated = 3;
const gpuWindowMs = 5 * 60_000;

export interface GraphicsOptions {
  readonly dataFolder: string;
  /** It draws without graphics hardware already. */
  readonly softwareGraphics: boolean;
  readonly log: Log;
}

/**
 * Starts the application again without graphics hardware before Chromium gives up on it. Once: without hardware there
 * is nothing left to fall back to, and whatever crashes then is for the supervising process.
 */
export function surviveGraphics(app: App, { dataFolder, softwareGraphics, log }: GraphicsOptions): void {
  let crashes: number[] = [];
  let restarting = false;
  app.on('child-process-gone', (_, details) => {
    if (details.type !== 'GPU' || details.reason === 'clean-exit') return;
    log('warn', 'The graphics process ended.', `${details.reason}, code ${details.exitCode}`);
    crashes = [...crashes.filter((at) => Date.now() - at < gpuWindowMs), Date.now()];
    if (crashes.length < gpuCrashesTolerated || softwareGraphics || restarting) return;
    restarting = true;
    log('error', 'The graphics process keeps failing; Vitrine starts again without it.');
    // A disk that cannot be written must not make it start again and again with hardware that fails.
    if (!rememberSoftwareGraphics(dataFolder, app.getVersion())) return;
    restart(app);
  });
}

/** Failing within so long of the start, the same would happen again at once. */
const relaunchAfterMs = 60_000;

/** An error nobody caught leaves the program in an unknown state: it is logged, and the program starts afresh. */
export function surviveErrors(app: App, log: Log): void {
  process.on('unhandledRejection', (reason) => log('error', 'Something went wrong unnoticed.', reason));
  process.on('uncaughtException', (error) => {
    log('error', 'Vitrine met an unexpected error and starts again.', error);
    if (!isSupervised() && process.uptime() * 1000 > relaunchAfterMs) app.relaunch();
    app.exit(1);
  });
  // Whoever read our output may be gone; that is no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

export interface Closing {
  readonly name: string;
  readonly close: () => void | Promise<void>;
}

/** Ends everything in the order given, each step also when one before it failed, and only then the program. */
export function quitInOrder(app: App, steps: readonly Closing[], log: Log): void {
  let quitting = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (quitting) return;
    quitting = true;
    void closeAll(steps, log).then(() => app.exit(0));
  });
}

async function closeAll(steps: readonly Closing[], log: Log): Promise<void> {
  for (const { name, close } of steps) {
    try {
      await close();
    } catch (error) {
      log('error', `Closing the ${name} failed.`, error);
    }
  }
  log('info', 'Vitrine has ended.');
}
