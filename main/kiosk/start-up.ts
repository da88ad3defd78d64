import { homedir } from 'node:os';
import type { App } from 'electron';
import type { CommandLine } from './command-line.ts';
import { CommandLineError, ownArguments, parseCommandLine } from './command-line.ts';
import { isWritable, standInFor } from './data-folder.ts';

/** The exit status for a command line that cannot be understood, as shells and their tools have it. */
const badCommandLine = 2;

/** @returns what was asked for, or null after saying what is wrong with it: the program has been told to exit then */
export function readCommandLine(app: App): CommandLine | null {
  try {
    return parseCommandLine(ownArguments(process.argv, app.isPackaged, app.getAppPath(), process.cwd()), process.cwd());
  } catch (error) {
    if (!(error instanceof CommandLineError)) throw error;
    process.stderr.write(`vitrine: ${error.message}\n`);
    app.exit(badCommandLine);
    return null;
  }
}

/**
 * Everything this program writes goes under one folder, Chromium's own files included. Where that cannot be written,
 * Chromium, which would refuse to start, is given a temporary one; that settings and statistics are not kept is said
 * on screen by those who cannot write them.
 */
export function useDataFolder(app: App, folder: string | null): string {
  const dataFolder = folder ?? app.getPath('userData');
  const writable = isWritable(dataFolder);
  if (folder !== null || !writable) app.setPath('userData', writable ? dataFolder : standInFor(dataFolder));
  return dataFolder;
}

/** One kiosk per data folder: a second start brings the first to the front and ends. */
export function claimSingleInstance(app: App, onSecondStart: () => void): boolean {
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write('vitrine: it is already running with this data folder.\n');
    app.exit(0);
    return false;
  }
  app.on('second-instance', onSecondStart);
  return true;
}

/** A folder as the screen may show it: without the name of the account. */
export function displayedFolder(folder: string): string {
  return folder.startsWith(homedir()) ? `~${folder.slice(homedir().length)}` : folder;
}
