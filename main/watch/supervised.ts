import type { Log } from '../log/log.ts';
import type { ToSupervisor } from './watch-protocol.ts';
import { exitStatus, heartbeatEveryMs, supervisedVariable, toApplicationSchema } from './watch-protocol.ts';

/** Whether a supervising process has started this one and listens. */
export function isSupervised(): boolean {
  return process.env[supervisedVariable] === '1' && process.send !== undefined && process.connected === true;
}

export interface SupervisedHandlers {
  readonly quit: () => void;
  readonly front: () => void;
  readonly log: Log;
}

/** Begins the heartbeat and listens to the supervising process. Does nothing where there is none. */
export function reportToSupervisor({ quit, front, log }: SupervisedHandlers): void {
  if (!isSupervised()) return;
  const timer = setInterval(() => tell({ type: 'alive' }), heartbeatEveryMs);
  process.on('message', (message) => {
    const parsed = toApplicationSchema.safeParse(message);
    if (!parsed.success) return;
    if (parsed.data.type === 'quit') quit();
    else front();
  });
  process.once('disconnect', () => {
    clearInterval(timer);
    log('warn', 'The supervising process is gone; Vitrine goes on without it.');
  });
}

/** The application has started: from now on its silence means that it hangs. */
export function reportReady(): void {
  if (isSupervised()) tell({ type: 'ready' });
}

/** Ends this program so that it is started again: by the supervising process, or else by Electron. */
export function restart(app: Electron.App, args: readonly string[] = process.argv.slice(1)): void {
  if (isSupervised()) {
    app.exit(exitStatus.again);
    return;
  }
  app.relaunch({ args: [...args] });
  app.exit(exitStatus.left);
}

/** Has another program, the updated one, started once this one has ended as it is about to. */
export function restartAs(app: Electron.App, program: string): void {
  if (isSupervised()) tell({ type: 'renewed', program });
  else app.relaunch({ execPath: program, args: process.argv.slice(1) });
}

function tell(message: ToSupervisor): void {
  // Without the callback an error here, the pipe being closed at this moment, would be thrown at nobody.
  process.send?.(message, undefined, undefined, () => {});
}
