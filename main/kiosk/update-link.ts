import type { App } from 'electron';
import { session as sessions } from 'electron';
import type { Log } from '../log/log.ts';
import { ElectronUpdater } from '../update/electron-updater.ts';
import { canUpdateItself } from '../update/installation.ts';
import { guardUpdates } from '../update/update-guard.ts';
import { UpdateService } from '../update/update-service.ts';
import { systemClock } from '../vision/clock.ts';
import { restartAs } from '../watch/supervised.ts';

/** The name of the session in which electron-updater does all it does on the network. */
const updaterSession = 'electron-updater';

/** @returns the updates of this installation, doing nothing until they are given an address */
export function openUpdates(app: App, log: Log): UpdateService {
  const { platform, env } = process;
  const own = canUpdateItself({ packaged: app.isPackaged, platform, env });
  const service: UpdateService = new UpdateService({
    createUpdater: own
      ? (events) => {
          guardUpdates(sessions.fromPartition(updaterSession, { cache: false }), () => service.address);
          return new ElectronUpdater({ ...events, platform, renewed: (program) => restartAs(app, program) });
        }
      : null,
    clock: systemClock,
    now: () => new Date(),
    log,
  });
  return service;
}
