/** What lies in a packed application, by part. `node scripts/package/contents.mjs <folder>` prints it. */
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getRawHeader } from '@electron/asar';

/**
 * @typedef {object} PackedFile
 * @property {string} path with `/`; in the archive under `app.asar/`
 * @property {number} size in bytes
 * @property {boolean} packed whether it lies in the archive, where native code cannot open it
 */

/** The first that fits is it. */
const parts = [
  ['node-av (FFmpeg)', /node_modules\/(@seydx\/node-av-[^/]+|node-av)\//],
  ['onnxruntime', /node_modules\/onnxruntime-/],
  ['better-sqlite3', /node_modules\/better-sqlite3\//],
  ['other packages', /node_modules\//],
  ['networks', /app\.asar[^/]*\/resources\/models\//],
  ['demo reel', /app\.asar[^/]*\/resources\/demo\//],
  ['application', /app\.asar[^/]*\//],
  ['licences', /(^|\/)resources\/licences\//i],
  ['Electron', /./],
];

/** @param {string} folder of the packed application @returns {PackedFile[]} */
export function filesOf(folder) {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return found.flatMap((path) => {
    const name = relative(folder, path).replaceAll('\\', '/');
    if (basename(path) === 'app.asar') return [...archived(getRawHeader(path).header, name)];
    return [{ path: name, size: statSync(path).size, packed: false }];
  });
}

/** @returns {Generator<PackedFile>} */
function* archived(entry, path) {
  for (const [name, child] of Object.entries(entry.files)) {
    if (child.files) yield* archived(child, `${path}/${name}`);
    else if (!child.unpacked && !child.link) yield { path: `${path}/${name}`, size: child.size, packed: true };
  }
}

/** @param {readonly PackedFile[]} files @returns {Record<string, number>} bytes by part */
export function sizeByPart(files) {
  const sizes = Object.fromEntries(parts.map(([name]) => [name, 0]));
  for (const { path, size } of files) {
    const [name] = parts.find(([, pattern]) => pattern.test(path)) ?? ['Electron'];
    sizes[name] += size;
  }
  return sizes;
}

const elfMachines = { 62: 'linux-x64', 183: 'linux-arm64' };
const peMachines = { 34404: 'win32-x64', 43620: 'win32-arm64', 332: 'win32-ia32' };
const machMachines = { 16777223: 'darwin-x64', 16777228: 'darwin-arm64' };

/** @returns {string | null} the system and processor that a file was compiled for, by its first bytes; null: it is no binary */
export function binaryKind(path) {
  const head = Buffer.alloc(4096);
  const file = openSync(path, 'r');
  const length = readSync(file, head, 0, head.length, 0);
  closeSync(file);
  if (length < 64) return null;
  if (head.readUInt32BE(0) === 0x7f454c46) return elfMachines[head.readUInt16LE(18)] ?? 'linux-other';
  if (head.readUInt32LE(0) === 0xfeedfacf) return machMachines[head.readUInt32LE(4)] ?? 'darwin-other';
  if (head.readUInt16BE(0) !== 0x4d5a) return null;
  const header = head.readUInt32LE(60);
  return header + 6 > length ? 'win32-other' : (peMachines[head.readUInt16LE(header + 4)] ?? 'win32-other');
}

/** @param {readonly PackedFile[]} files */
export function printSizes(files) {
  const sizes = Object.entries(sizeByPart(files)).sort(([, a], [, b]) => b - a);
  const line = (name, bytes) => `${name.padEnd(18)} ${(bytes / 2 ** 20).toFixed(1).padStart(7)} MB`;
  for (const [name, bytes] of sizes) console.log(line(name, bytes));
  console.log(
    line(
      'all',
      sizes.reduce((sum, [, bytes]) => sum + bytes, 0),
    ),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) printSizes(filesOf(process.argv[2] ?? '.'));
