import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './command.mjs';
import { modules, readJson, root } from './paths.mjs';
import { SetupError, say } from './say.mjs';

const lockFile = join(root, 'package-lock.json');
const stamp = join(modules, '.vitrine-installed');

const lockHash = () => createHash('sha256').update(readFileSync(lockFile)).digest('hex');

/** Whether node_modules is what the lock file asks for, though this script did not install it (`npm install` did). */
function alreadyInstalled() {
  const wanted = readJson(lockFile)?.packages;
  const there = readJson(join(modules, '.package-lock.json'))?.packages;
  if (!wanted || !there) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || there[path]?.version === entry.version,
  );
}

/** @returns {boolean} whether the dependencies are those of the lock file; takes about 2 ms */
export function dependenciesReady() {
  try {
    return readFileSync(stamp, 'utf8') === lockHash();
  } catch {
    return false;
  }
}

/** Installs what the lock file names, without running any install script. */
export function installDependencies() {
  if (!alreadyInstalled()) {
    say(
      existsSync(modules)
        ? 'the lock file has changed: installing the dependencies anew ...'
        : 'installing the dependencies ...',
    );
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const result = capture(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      shell: process.platform === 'win32',
    });
    if (result.missing)
      throw new SetupError('npm is missing; install it (on Debian: apt-get install npm) and start again.');
    if (!result.ok) {
      const reason = result.output.trim().split('\n').slice(-12).join('\n');
      throw new SetupError(
        `the dependencies could not be installed; look at npm's message, then start again.\n${reason}`,
      );
    }
  }
  writeFileSync(stamp, lockHash());
}
