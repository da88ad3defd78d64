import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './command.mjs';
import { locked } from './lock.mjs';
import { modules, projectNode, root } from './paths.mjs';
import { SetupError, say } from './say.mjs';

const stamp = join(root, 'out/.built-from');
const folders = ['contract', 'main', 'preload', 'renderer'];
const files = ['package.json', 'package-lock.json', 'tsconfig.json', 'electron.vite.config.ts', 'svelte.config.js'];

/** Name, size and time of every file the build is made of; reads no contents, so it takes a few milliseconds. */
function fingerprint() {
  const hash = createHash('sha256');
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  };
  const walk = (folder) => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (!entry.name.endsWith('.spec.ts')) add(path);
    }
  };
  for (const folder of folders) if (existsSync(join(root, folder))) walk(folder);
  for (const file of files) add(file);
  return hash.digest('hex');
}

function isBuiltFrom(print) {
  try {
    return readFileSync(stamp, 'utf8') === print;
  } catch {
    return false;
  }
}

/** Builds main, preload and page into `out/`, if their sources have changed since the last time. */
export async function buildWhenChanged() {
  if (isBuiltFrom(fingerprint())) return;
  await locked(() => {
    const print = fingerprint();
    if (isBuiltFrom(print)) return;
    say('building ...');
    rmSync(stamp, { force: true });
    const result = capture(projectNode(), [
      join(modules, 'electron-vite/bin/electron-vite.js'),
      'build',
      '--logLevel',
      'warn',
    ]);
    if (!result.ok) throw new SetupError(`the application could not be built:\n${result.output.trim()}`);
    writeFileSync(stamp, print);
  });
}
