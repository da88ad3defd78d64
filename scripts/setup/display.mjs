import { spawn } from 'node:child_process';
import { SetupError, say } from './say.mjs';
import { hasSystemPackages, requireSystemPackages } from './system-libraries.mjs';

const startMs = 20_000;

/** Whether this process was started where windows can be seen. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * A virtual screen on a free display number, until this process ends.
 * @param {{ width?: number, height?: number }} size in pixels
 * @returns {Promise<{ display: string, stop(): void }>}
 */
export function startVirtualDisplay({ width = 1920, height = 1080 } = {}) {
  return new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const stop = () => {
      process.off('exit', stop);
      server.kill('SIGTERM');
    };
    process.on('exit', stop);
    const late = setTimeout(() => {
      stop();
      reject(new SetupError('the virtual display (Xvfb) did not start; try `Xvfb :99` to see why.'));
    }, startMs);
    server.once('error', () => {
      clearTimeout(late);
      reject(new SetupError('Xvfb is missing; install it (on Debian: apt-get install xvfb) and start again.'));
    });
    server.once('exit', () => {
      clearTimeout(late);
      reject(new SetupError('the virtual display (Xvfb) ended at once; try `Xvfb :99` to see why.'));
    });
    let number = '';
    server.stdio[3]?.on('data', (chunk) => {
      number += chunk;
      if (!number.includes('\n')) return;
      clearTimeout(late);
      server.unref();
      server.stdio[3].destroy();
      resolve({ display: `:${number.trim()}`, stop });
    });
  });
}

/** For tests and screenshots: windows open on a screen of their own, whether or not there is a real one. */
export async function useVirtualDisplay(size) {
  requireSystemPackages('virtual-display', 'A window without a screen');
  const { display, stop } = await startVirtualDisplay(size);
  process.env.DISPLAY = display;
  delete process.env.WAYLAND_DISPLAY;
  return stop;
}

/** For `npm start`: the real screen, or a virtual one and a word about it, or a clear refusal. */
export async function useDisplay() {
  if (hasDisplay()) return;
  if (!hasSystemPackages('virtual-display')) {
    throw new SetupError(
      'there is no screen here (DISPLAY is not set). Start it from a graphical session, or install a virtual screen to run it unseen: apt-get install xvfb',
    );
  }
  say('there is no screen here (DISPLAY is not set): running unseen on a virtual one.');
  await useVirtualDisplay();
}
