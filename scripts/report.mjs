/** `npm run --silent report -- ...`: the audience figures as a file, on the project's own Node.js. */
import { join } from 'node:path';
import { runNode } from './setup/command.mjs';
import { callerFolder } from './setup/launch.mjs';
import { root } from './setup/paths.mjs';
import { prepareDependencies } from './setup/prepare.mjs';
import { fail } from './setup/say.mjs';

async function main() {
  await prepareDependencies();
  process.exit(await runNode([join(root, 'main/insights/cli.ts'), ...process.argv.slice(2)], { cwd: callerFolder }));
}

main().catch(fail);
