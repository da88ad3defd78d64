import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sandboxArguments } from '../../scripts/setup/launch.mjs';
import { KioskHome } from '../e2e/support/kiosk.ts';
import { endTree } from '../e2e/support/processes.ts';
import { unpacked } from './support/made-package.ts';
import { UpdateServer } from './support/update-server.ts';

const waiting = { timeout: 60_000, interval: 250 };
const old = 'the AppImage that runs';
const fresh = '#!/bin/sh\n# Stands for the new version, which is run once to put itself in order.\nexit 0\n';

/**
 * Only an AppImage updates itself on Linux. One cannot be made where electron-builder's tools cannot be fetched, so
 * the packed application is started as an AppImage starts it: with the path of the file to replace.
 */
describe.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/openssl'))('the updates of an AppImage', () => {
  let home: KioskHome;
  let server: UpdateServer;
  let port: number;
  let child: ChildProcess;
  let appImage: string;

  beforeEach(async () => {
    home = new KioskHome();
    appImage = join(home.folder, 'vitrine.AppImage');
    writeFileSync(appImage, old, { mode: 0o755 });
    mkdirSync(join(home.folder, 'server'));
    server = new UpdateServer(join(home.folder, 'server'));
    port = await server.listen();
  });
  afterEach(() => {
    if (child?.pid && child.exitCode === null) endTree(child.pid);
    server.close();
    home.remove();
  });

  function start(address: string | null): void {
    home.writeData('settings.json', JSON.stringify({ version: 1, update: { address } }));
    // The certificate is this test's own.
    const args = [...sandboxArguments(), '--log-level=3', '--ignore-certificate-errors', '--data-dir', home.data];
    child = spawn(join(unpacked, 'vitrine'), args, {
      env: { ...process.env, ...home.environment, APPIMAGE: appImage },
      stdio: 'ignore',
    });
  }

  async function leave(): Promise<void> {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  it('are fetched from the operator’s address and installed when the kiosk is left', async () => {
    server.offer('99.0.0', fresh, 'new.AppImage');
    start(`https://127.0.0.1:${port}/vitrine`);
    await vi.waitFor(() => expect(home.log()).toContain('Version 99.0.0 has been fetched'), waiting);
    expect(readFileSync(appImage, 'utf8')).toBe(old);
    await leave();
    expect(home.log()).toContain('Vitrine has ended');
    expect(readFileSync(appImage, 'utf8')).toBe(fresh);
    expect(server.asked.map(({ path }) => path)).toContain('/vitrine/latest-linux.yml');
    expect(server.asked.filter(({ path }) => !path.startsWith('/vitrine/'))).toEqual([]);
    expect(server.asked.filter(({ headers }) => 'x-user-staging-id' in headers)).toEqual([]);
  });

  it('are not fetched from anywhere else, though the address says so', async () => {
    server.offer('99.0.0', fresh, `https://localhost:${port}/vitrine/new.AppImage`);
    start(`https://127.0.0.1:${port}/vitrine`);
    await vi.waitFor(() => expect(home.log()).toMatch(/\[warn\].*ERR_BLOCKED_BY_CLIENT/), waiting);
    await leave();
    expect(server.asked.filter(({ path }) => path.endsWith('.AppImage'))).toEqual([]);
    expect(readFileSync(appImage, 'utf8')).toBe(old);
  });

  it('are never looked for without an address', async () => {
    server.offer('99.0.0', fresh, 'new.AppImage');
    start(null);
    await vi.waitFor(() => expect(home.log()).toContain('Source Demo reel: running'), waiting);
    await leave();
    expect(server.asked).toEqual([]);
    expect(readFileSync(appImage, 'utf8')).toBe(old);
  });
});
