import { app } from 'electron';
import { readCommandLine, useDataFolder } from './kiosk/start-up.ts';
import { argumentsForApplication, isSupervisor } from './watch/supervision.ts';

const commandLine = readCommandLine(app);
if (commandLine) {
  const facts = {
    asked: commandLine.supervise,
    packaged: app.isPackaged,
    windowed: commandLine.windowed,
    env: process.env,
  };
  // Either is loaded only where it is wanted: a native module that crashes must not take the supervising process along.
  if (isSupervisor(facts)) {
    const { supervise } = await import('./watch/supervise.ts');
    supervise(app, {
      dataFolder: useDataFolder(app, commandLine.dataFolder),
      args: argumentsForApplication(process.argv),
    });
  } else {
    const { startKiosk } = await import('./start-kiosk.ts');
    startKiosk(commandLine);
  }
}
