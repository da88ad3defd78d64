import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoginItem } from './start-at-login.ts';
import { renewStartAtLogin, setStartAtLogin } from './start-at-login.ts';

let folder: string;
let listed: unknown[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-login-'));
  listed = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const item = (changes: Partial<LoginItem> = {}): LoginItem => ({
  platform: 'linux',
  program: '/opt/Vitrine/vitrine',
  configFolder: join(folder, 'config'),
  app: { setLoginItemSettings: (settings) => listed.push(settings) },
  ...changes,
});

const entry = () => join(folder, 'config/autostart/vitrine.desktop');

describe('setStartAtLogin', () => {
  it('makes an autostart entry on Linux, and takes it away again', () => {
    setStartAtLogin(item(), true);
    expect(readFileSync(entry(), 'utf8')).toContain('Exec="/opt/Vitrine/vitrine"');
    setStartAtLogin(item(), false);
    expect(existsSync(entry())).toBe(false);
    setStartAtLogin(item(), false);
  });

  it('quotes a path as the desktop wants it', () => {
    setStartAtLogin(item({ program: '/home/a b/100% $Vitrine.AppImage' }), true);
    expect(readFileSync(entry(), 'utf8')).toContain('Exec="/home/a b/100%% \\\\$Vitrine.AppImage"');
  });

  it('asks Windows and macOS for it', () => {
    setStartAtLogin(item({ platform: 'win32' }), true);
    setStartAtLogin(item({ platform: 'darwin' }), false);
    expect(listed).toEqual([{ openAtLogin: true }, { openAtLogin: false }]);
    expect(existsSync(join(folder, 'config'))).toBe(false);
  });
});

describe('renewStartAtLogin', () => {
  it('names the program that runs now: an AppImage has another name after an update', () => {
    setStartAtLogin(item({ program: '/home/kiosk/Vitrine-1.0.0.AppImage' }), true);
    renewStartAtLogin(item({ program: '/home/kiosk/Vitrine-1.1.0.AppImage' }));
    expect(readFileSync(entry(), 'utf8')).toContain('Exec="/home/kiosk/Vitrine-1.1.0.AppImage"');
  });

  it('leaves an entry alone that is right', () => {
    setStartAtLogin(item(), true);
    const { ino, mtimeMs } = statSync(entry());
    renewStartAtLogin(item());
    expect(statSync(entry())).toMatchObject({ ino, mtimeMs });
  });

  it('asks Windows and macOS for nothing', () => {
    renewStartAtLogin(item({ platform: 'win32' }));
    renewStartAtLogin(item({ platform: 'darwin' }));
    expect(listed).toEqual([]);
  });
});
