/** `npm start -- [--source <camera | path | url>] [--windowed] [--data-dir <folder>]`: everything it takes, then the kiosk. */
import { buildWhenChanged } from './setup/build.mjs';
import { projectEnvironment, run } from './setup/command.mjs';
import { useDisplay } from './setup/display.mjs';
import { callerFolder, electronArguments } from './setup/launch.mjs';
import { prepareElectron } from './setup/prepare.mjs';
import { fail } from './setup/say.mjs';

async function main() {
  // First what may end it at once: nobody wants to read after minutes of set-up that there is no screen.
  await useDisplay();
  const runtime = await prepareElectron();
  await buildWhenChanged();
  const env = projectEnvironment();
  delete env.ELECTRON_RUN_AS_NODE;
  const args = electronArguments(process.argv.slice(2));
  process.exit(await run(runtime.executable, args, { cwd: callerFolder, env }));
}

main().catch(fail);
