/** `npm run check`: types, components, lint and format, layers, licences. All of them are run and told, also after a failure. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectEnvironment } from './setup/command.mjs';
import { modules, projectNode, root } from './setup/paths.mjs';
import { prepareDependencies } from './setup/prepare.mjs';
import { fail, say } from './setup/say.mjs';

const layers = ['contract', 'main', 'preload', 'renderer', 'bench', 'tests', 'scripts'];
const checks = [
  ['types', 'typescript/bin/tsc', ['--project', 'tsconfig.json']],
  [
    'components',
    'svelte-check/bin/svelte-check',
    ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  ],
  [
    'lint and format',
    '@biomejs/biome/bin/biome',
    ['ci', '--colors=off', '--error-on-warnings', '--max-diagnostics', '50'],
  ],
  ['layers', 'dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.mjs', ...layers]],
  ['licences', '../scripts/licences.mjs', ['--check']],
];

/** @returns {Promise<boolean>} */
function check([name, tool, args]) {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(projectNode(), [join(modules, tool), ...args], {
      cwd: root,
      // What the tools print is kept and told in one piece, so they see no terminal; some would colour it all the same.
      env: projectEnvironment({ NO_COLOR: '1', FORCE_COLOR: undefined }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.once('exit', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (code !== 0) process.stderr.write(`${output.trim()}\n`);
      resolve(code === 0);
    });
  });
}

async function main() {
  await prepareDependencies();
  const results = [];
  // Two at a time: the checks are single threads, and a small machine has two cores.
  for (let i = 0; i < checks.length; i += 2) results.push(...(await Promise.all(checks.slice(i, i + 2).map(check))));
  process.exit(results.every(Boolean) ? 0 : 1);
}

main().catch(fail);
