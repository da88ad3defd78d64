import { delimiter, join } from 'node:path';
import { dependenciesReady, installDependencies } from './dependencies.mjs';
import { findRuntime, installRuntime } from './electron-runtime.mjs';
import { locked } from './lock.mjs';
import { modules } from './paths.mjs';
import { SetupError } from './say.mjs';
import { fitSqlite, sqliteReady } from './sqlite-binding.mjs';
import { requireSystemPackages } from './system-libraries.mjs';

const oldestNode = 20;

/** Every task's first step: a Node.js that can run these scripts, the dependencies, and the project's own Node.js. */
export async function prepareDependencies() {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    throw new SetupError(
      `Node.js ${oldestNode} or newer is needed, this is ${process.versions.node}; install a newer one and start again.`,
    );
  }
  if (!dependenciesReady()) {
    await locked(() => {
      if (!dependenciesReady()) installDependencies();
    });
  }
  process.env.PATH = `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`;
}

/**
 * Everything a window needs: system libraries, an Electron, native modules that load in it.
 * @returns {Promise<import('./electron-runtime.mjs').Runtime>}
 */
export async function prepareElectron() {
  await prepareDependencies();
  requireSystemPackages('window', 'The window');
  const ready = findRuntime();
  if (ready && sqliteReady(ready.version)) return ready;
  return locked(async () => {
    const runtime = findRuntime() ?? (await installRuntime());
    if (!sqliteReady(runtime.version)) await fitSqlite();
    return runtime;
  });
}
