/** `npm run screenshot`: docs/screenshot.jpg, the live view on the demo reel as it heads the README; `-- --pages`: the others. */
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
  await useVirtualDisplay({ width: 1920, height: 1080 });
  const env = projectEnvironment({ VITRINE_ELECTRON: runtime.executable });
  const script = process.argv.includes('--pages') ? 'pages.ts' : 'take.ts';
  process.exit(await runNode([join(root, 'scripts/screenshot', script), ...process.argv.slice(2)], { env }));
}

main().catch(fail);
