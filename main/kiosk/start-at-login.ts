import { readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { writeFileAtomically } from '../settings/atomic-file.ts';

export interface LoginItem {
  readonly platform: NodeJS.Platform;
  /** The program to start; an AppImage is where the operator has put it, not where it is unpacked to. */
  readonly program: string;
  /** `XDG_CONFIG_HOME`, or its usual place. */
  readonly configFolder: string;
  readonly app: Pick<App, 'setLoginItemSettings'>;
}

/**
 * Has the system start the kiosk when somebody logs in, or no longer. Windows and macOS keep such a list themselves; on
 * Linux it is a file in the desktop's autostart folder.
 * https://specifications.freedesktop.org/autostart-spec/latest/
 *
 * @throws a system error where the file cannot be written
 */
export function setStartAtLogin(item: LoginItem, enabled: boolean): void {
  if (item.platform !== 'linux') {
    item.app.setLoginItemSettings({ openAtLogin: enabled });
    return;
  }
  const folder = join(item.configFolder, 'autostart');
  const file = join(folder, 'vitrine.desktop');
  if (!enabled) {
    rmSync(file, { force: true });
    return;
  }
  const entry = desktopEntry(item.program);
  if (textOf(file) !== entry) writeFileAtomically(file, entry);
}

/**
 * Where it is to start at login: sees to it that the system would start the program that runs now. An AppImage that has
 * updated itself has another name than before; the lists of Windows and macOS stay right by themselves.
 *
 * @throws a system error where the file cannot be written
 */
export function renewStartAtLogin(item: LoginItem): void {
  if (item.platform === 'linux') setStartAtLogin(item, true);
}

/** The installed program and where its login item belongs. */
export function loginItemOf(app: App): LoginItem {
  return {
    platform: process.platform,
    program: process.env.APPIMAGE ?? app.getPath('exe'),
    configFolder: process.env.XDG_CONFIG_HOME || join(homedir(), '.config'),
    app,
  };
}

/** @returns null where it cannot be read */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Reserved characters of an argument are quoted as the desktop entry specification says, and `%` is doubled. */
function desktopEntry(program: string): string {
  const quoted = program.replace(/["`$\\]/g, '\\\\$&').replaceAll('%', '%%');
  return ['[Desktop Entry]', 'Type=Application', 'Name=Vitrine', `Exec="${quoted}"`, 'Terminal=false', ''].join('\n');
}
