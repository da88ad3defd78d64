import { app } from 'electron';
import { registerAppScheme } from './kiosk/app-scheme.ts';
import type { CommandLine } from './kiosk/command-line.ts';
import { rememberedSoftwareGraphics } from './kiosk/graphics-memory.ts';
import { Kiosk } from './kiosk/kiosk.ts';
import { quitInOrder, surviveErrors, surviveGraphics } from './kiosk/processes.ts';
import { placesOf } from './kiosk/resources.ts';
import { sandboxAll } from './kiosk/security-rules.ts';
import { startOrEnd } from './kiosk/start-or-end.ts';
import { claimSingleInstance, useDataFolder } from './kiosk/start-up.ts';
import { openLog } from './log/log.ts';
import { reportReady, reportToSupervisor } from './watch/supervised.ts';

/** The application itself. Called before Electron is ready. */
export function startKiosk(commandLine: CommandLine): void {
  const dataFolder = useDataFolder(app, commandLine.dataFolder);
  if (!claimSingleInstance(app, () => kiosk?.bringToFront())) return;
  const log = openLog(dataFolder, { verbose: process.env.VITRINE_VERBOSE === '1' });
  let kiosk: Kiosk | null = null;
  reportToSupervisor({ quit: () => app.quit(), front: () => kiosk?.bringToFront(), log });
  sandboxAll(app);
  registerAppScheme();
  surviveErrors(app, log);
  const softwareGraphics = rememberedSoftwareGraphics(dataFolder, app.getVersion());
  if (softwareGraphics) app.disableHardwareAcceleration();
  surviveGraphics(app, { dataFolder, softwareGraphics, log });
  const start = () => {
    log('info', `Vitrine ${app.getVersion()} starts on Electron ${process.versions.electron}.`);
    kiosk = new Kiosk({ app, commandLine, dataFolder, places: placesOf(app.getAppPath(), process.env), log });
    quitInOrder(app, kiosk.closings(), log);
    kiosk.start();
    reportReady();
  };
  void startOrEnd(app, start, log);
}
