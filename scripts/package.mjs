/**
 * `npm run package`: the application as a folder for this system in dist/, and on Debian a .deb made of it with
 * Debian's own tools. `-- --targets`: electron-builder's installers for this system as well; it fetches its tools from
 * the internet.
 */
import { join } from 'node:path';
import { buildWhenChanged } from './setup/build.mjs';
import { run } from './setup/command.mjs';
import { projectNode, readJson, root } from './setup/paths.mjs';
import { prepareElectron } from './setup/prepare.mjs';
import { fail, SetupError, say } from './setup/say.mjs';

async function main() {
  const targets = process.argv.includes('--targets');
  const runtime = await prepareElectron();
  const trial = isTrial(runtime);
  if (trial && targets) {
    throw new SetupError(
      `installers are made of Electron ${readJson(join(root, 'package.json')).devDependencies.electron}, which cannot be downloaded from here; without --targets a package for trials can be made.`,
    );
  }
  if (trial) {
    say(
      `TRIAL PACKAGE, NEVER TO BE SHIPPED: it holds Electron ${runtime.version}, which gets no security updates any more.`,
    );
  }
  await buildWhenChanged();
  // The rest needs the project's own Node.js and the dependencies, which are only now sure to be there.
  const script = join(root, 'scripts/package/pack.mjs');
  const facts = JSON.stringify({ electron: runtime, trial, targets });
  process.exit(await run(projectNode(), [script, facts]));
}

/** Whether the Electron at hand is another one than package.json names. */
function isTrial({ version }) {
  return version !== readJson(join(root, 'package.json')).devDependencies.electron;
}

main().catch(fail);
