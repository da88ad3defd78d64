/** `npm run dev -- [...]`: the kiosk in a window, rebuilt and reloaded as its source changes. */
import { join } from 'node:path';
import { projectEnvironment, runNode } from './setup/command.mjs';
import { useDisplay } from './setup/display.mjs';
import { sandboxArguments } from './setup/launch.mjs';
import { modules } from './setup/paths.mjs';
import { prepareElectron } from './setup/prepare.mjs';
import { fail } from './setup/say.mjs';

async function main() {
  const runtime = await prepareElectron();
  await useDisplay();
  const given = process.argv.slice(2);
  const args = given.includes('--windowed') ? given : ['--windowed', ...given];
  const sandbox = sandboxArguments().length > 0 ? ['--noSandbox'] : [];
  const env = projectEnvironment({ ELECTRON_EXEC_PATH: runtime.executable });
  delete env.ELECTRON_RUN_AS_NODE;
  process.exit(
    await runNode([join(modules, 'electron-vite/bin/electron-vite.js'), 'dev', '--watch', ...sandbox, '--', ...args], {
      env,
    }),
  );
}

main().catch(fail);
