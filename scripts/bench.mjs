/** `npm run bench -- ...`: measures the budgets of docs/performance.md on this machine. */
import { join } from 'node:path';
import { buildWhenChanged } from './setup/build.mjs';
import { projectEnvironment, runNode } from './setup/command.mjs';
import { useVirtualDisplay } from './setup/display.mjs';
import { root } from './setup/paths.mjs';
import { prepareElectron } from './setup/prepare.mjs';
import { fail } from './setup/say.mjs';

async function main() {
  const runtime = await prepareElectron();
  await buildWhenChanged();
  await useVirtualDisplay();
  const env = projectEnvironment({ VITRINE_ELECTRON: runtime.executable });
  process.exit(await runNode([join(root, 'bench/run.ts'), ...process.argv.slice(2)], { env }));
}

main().catch(fail);
