/** `npm run --silent analyze -- ...`: the engine without a window, on the project's own Node.js. */
import { join } from 'node:path';
import { runNode } from './setup/command.mjs';
import { callerFolder } from './setup/launch.mjs';
import { root } from './setup/paths.mjs';
import { prepareDependencies } from './setup/prepare.mjs';
import { fail } from './setup/say.mjs';

async function main() {
  await prepareDependencies();
  const args = [join(root, 'main/vision/analyze/cli.ts'), ...process.argv.slice(2)];
  process.exit(await runNode(args, { cwd: callerFolder }));
}

main().catch(fail);
