import type { App } from 'electron';
import type { Log } from '../log/log.ts';

/**
 * Starts once Electron is ready. An error on the way would leave a dark screen behind a process that seems well, so it
 * ends the program; whoever watches over it starts it again.
 */
export async function startOrEnd(app: Pick<App, 'whenReady' | 'exit'>, start: () => void, log: Log): Promise<void> {
  try {
    await app.whenReady();
    start();
  } catch (error) {
    log('error', 'Vitrine could not start.', error);
    app.exit(1);
  }
}
