import { spawn } from 'node:child_process';
import { findRuntime } from '../../scripts/setup/electron-runtime.mjs';
import { electronArguments } from '../../scripts/setup/launch.mjs';
import { expect, test } from './support/fixtures.ts';
import { childrenOf, endTree } from './support/processes.ts';

test('an application that is killed is started again by the process above it, and both end in order', async ({
  home,
}) => {
  const executable = process.env.VITRINE_ELECTRON ?? findRuntime()?.executable ?? '';
  const args = electronArguments(['--supervise', '--windowed', '--source', 'demo', '--data-dir', home.data]);
  const supervisor = spawn(executable, args, {
    env: { ...process.env, ...home.environment },
    stdio: 'ignore',
  });
  const pid = supervisor.pid ?? 0;
  const ended = new Promise<number | null>((resolve) => {
    supervisor.once('exit', (status) => resolve(status));
  });
  /** The supervised application is the child with the kiosk's own arguments. */
  const application = () =>
    childrenOf(pid).find(({ commandLine }) => commandLine.includes('--windowed') && !commandLine.includes('--type='));
  const starts = () => home.log().split('Vitrine 0').length - 1;
  try {
    await expect.poll(() => home.log(), { timeout: 60_000 }).toContain('The engine is ready');
    const first = application()?.pid ?? 0;
    expect(first).toBeGreaterThan(0);
    process.kill(first, 'SIGKILL');
    await expect.poll(starts, { timeout: 30_000 }).toBe(2);
    expect(home.log()).toContain('The application is started again. (ended by SIGKILL');
    await expect.poll(() => application()?.pid ?? first, { timeout: 10_000 }).not.toBe(first);

    // One that hangs is ended and started again, too.
    await expect.poll(() => home.log().split('The engine is ready').length - 1, { timeout: 60_000 }).toBe(2);
    const second = application()?.pid ?? 0;
    process.kill(second, 'SIGSTOP');
    await expect.poll(starts, { timeout: 90_000 }).toBe(3);
    await expect.poll(() => home.log().split('The engine is ready').length - 1, { timeout: 60_000 }).toBe(3);

    process.kill(pid, 'SIGTERM');
    expect(await ended).toBe(0);
    expect(home.log()).toContain('Vitrine has ended');
  } finally {
    endTree(pid);
  }
});
