import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { App, BrowserWindow } from 'electron';
import * as electron from 'electron';
import type { Log } from '../log/log.ts';
import { openLog } from '../log/log.ts';
import { systemClock } from '../vision/clock.ts';
import { showLastResort } from './last-resort.ts';
import type { ToApplication } from './watch-protocol.ts';
import { exitStatus, supervisedVariable, toSupervisorSchema } from './watch-protocol.ts';
import { Watchdog } from './watchdog.ts';

/** Time the application has to end in order: the engine, the statistics, the window. */
const endMs = 20_000;

export interface SuperviseOptions {
  /** The application's data folder, writable. */
  readonly dataFolder: string;
  /** What follows the program, for the application: as given, without what is meant for the supervising process. */
  readonly args: readonly string[];
}

/**
 * The supervising process: the same program without a window, whose only work is to start the application and to see
 * that it lives. It is the parent, because neither a crash in native code nor a main process that hangs can be handled
 * from within, and because a parent works alike on all three systems, with and without a service manager above it.
 */
export function supervise(app: App, { dataFolder, args }: SuperviseOptions): void {
  // A profile of its own: Chromium locks the folder it works in, and the application works in the data folder.
  app.setPath('userData', join(dataFolder, 'supervisor'));
  beSmall(app);
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write('vitrine: it is already running with this data folder.\n');
    app.exit(exitStatus.left);
    return;
  }
  const log = openLog(dataFolder, { name: 'supervisor', verbose: process.env.VITRINE_VERBOSE === '1' });
  const supervisor = new Supervisor(app, args, log);
  app.on('second-instance', () => supervisor.bringToFront());
  // Without a window Electron would end by itself when the last resort is closed.
  app.on('window-all-closed', () => {});
  app.on('before-quit', (event) => {
    event.preventDefault();
    supervisor.leave();
  });
  supervisor.start();
}

/** No graphics, no services: the less of Chromium runs here, the less can break. */
function beSmall(app: App): void {
  app.disableHardwareAcceleration();
  for (const name of ['in-process-gpu', 'disable-background-networking', 'disable-component-update', 'no-pings']) {
    app.commandLine.appendSwitch(name);
  }
  app.commandLine.appendSwitch('disable-features', 'NetworkServiceSandbox,AudioServiceOutOfProcess');
  // On a Mac the application shows itself; the process above it has no business in the Dock.
  app.dock?.hide();
}

class Supervisor {
  readonly #app: App;
  readonly #args: readonly string[];
  readonly #log: Log;
  readonly #watchdog: Watchdog;
  #child: ChildProcess | null = null;
  #lastResort: BrowserWindow | null = null;
  #renewed: string | null = null;

  constructor(app: App, args: readonly string[], log: Log) {
    this.#app = app;
    this.#args = args;
    this.#log = log;
    this.#watchdog = new Watchdog({
      clock: systemClock,
      start: () => this.#spawn(),
      onRestart: (reason, waitMs) => log('error', 'The application is started again.', `${reason}; in ${waitMs} ms`),
      onGivenUp: (reason) => this.#giveUp(reason),
      onReady: () => this.#closeLastResort(),
      onEnd: (status) => this.#end(status),
    });
  }

  start(): void {
    this.#log('info', 'The supervising process starts the application.');
    this.#watchdog.start();
  }

  bringToFront(): void {
    this.#tell({ type: 'front' });
  }

  /** Ends the application in order, by force if it does not listen, and then this process. */
  leave(): void {
    const child = this.#child;
    if (child) {
      this.#tell({ type: 'quit' });
      setTimeout(() => child.kill('SIGKILL'), endMs).unref();
    }
    this.#watchdog.leave();
  }

  #spawn(): { kill(): void } {
    const child = spawn(process.execPath, this.#args, {
      env: { ...process.env, [supervisedVariable]: '1' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    let over = false;
    const end = (status: number | null, signal: string | null): void => {
      if (over) return;
      over = true;
      if (this.#child === child) this.#child = null;
      this.#watchdog.ended(status, signal);
    };
    child.once('exit', end);
    child.once('error', (error) => {
      this.#log('error', 'The application could not be started or told something.', error);
      if (child.pid === undefined) end(1, null);
    });
    child.on('message', (message) => this.#hear(message));
    return { kill: () => void child.kill('SIGKILL') };
  }

  #hear(message: unknown): void {
    const { data } = toSupervisorSchema.safeParse(message);
    if (data?.type === 'ready') this.#watchdog.ready();
    else if (data?.type === 'alive') this.#watchdog.heard();
    else if (data?.type === 'renewed') this.#renewed = data.program;
  }

  #tell(message: ToApplication): void {
    if (this.#child?.connected) this.#child.send(message, () => {});
  }

  #giveUp(reason: string): void {
    this.#log('error', 'The application keeps failing. It is tried again every 15 minutes only.', reason);
    process.stderr.write(`vitrine: it keeps failing (${reason}); see ${join('logs', 'supervisor.log')}.\n`);
    if (this.#lastResort) return;
    showLastResort(electron).then(
      (window) => {
        this.#lastResort = window;
      },
      (error: unknown) => this.#log('error', 'Not even the message about it can be shown.', error),
    );
  }

  #closeLastResort(): void {
    this.#lastResort?.destroy();
    this.#lastResort = null;
  }

  #end(status: number): void {
    this.#log('info', 'The supervising process ends.', `status ${status}`);
    // Not before this process has ended, or the new one would find that Vitrine is already running.
    if (this.#renewed) this.#app.relaunch({ execPath: this.#renewed, args: [...this.#args] });
    this.#app.exit(status);
  }
}
