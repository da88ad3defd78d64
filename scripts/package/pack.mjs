/** The second half of `npm run package`: runs on the project's own Node.js, with everything installed and built. */
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, Platform } from 'electron-builder';
import { common, files, withoutCompiledSqlite, withoutPrebuiltSqlite } from '../../electron-builder.config.mjs';
import { readJson, root } from '../setup/paths.mjs';
import { fail, say } from '../setup/say.mjs';
import { filesOf, printSizes } from './contents.mjs';
import { canMakeDeb, makeDeb } from './debian.mjs';

const { electron, trial, targets } = JSON.parse(process.argv[2] ?? '{}');
const processor = process.arch === 'x64' ? '' : `${process.arch}-`;
const folders = {
  linux: `linux-${processor}unpacked`,
  win32: `win-${processor}unpacked`,
  darwin: `mac-${process.arch}/Vitrine.app`,
};
const dist = join(root, 'dist');

async function main() {
  const unpacked = join(dist, folders[process.platform]);
  rmSync(unpacked, { recursive: true, force: true });
  await build({
    projectDir: root,
    targets: Platform.current().createTarget(targets ? null : 'dir'),
    publish: 'never',
    config: {
      ...common,
      // Built for Electron 33, better-sqlite3 would work in newer ones too; the published binary is what was tested.
      files: [...files, trial ? withoutPrebuiltSqlite : withoutCompiledSqlite],
      electronVersion: electron.version,
      electronDist: electron.folder,
    },
  });
  printSizes(filesOf(unpacked));
  say(`the application is in ${relative(root, unpacked)}.`);
  if (!canMakeDeb()) return;
  const { version } = readJson(join(root, 'package.json'));
  // A tilde sorts before everything: any real package replaces a trial of the same version.
  const deb = makeDeb({ unpacked, dist, version: trial ? `${version}~trial` : version });
  say(`${trial ? 'for trials only: ' : ''}${relative(root, deb)}`);
}

main().catch(fail);
