/**
 * `npm test [-- unit integration training e2e package]`: everything the tests need, then all suites but `package` (or
 * those named), one after another. Neither a failure nor a suite that cannot be run keeps the later ones from running.
 * The last line is the sum of all of them.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWhenChanged } from './setup/build.mjs';
import { projectEnvironment, run, runNode } from './setup/command.mjs';
import { useVirtualDisplay } from './setup/display.mjs';
import { modules, root } from './setup/paths.mjs';
import { prepareDependencies, prepareElectron } from './setup/prepare.mjs';
import { fail, SetupError, say } from './setup/say.mjs';
import { requireSystemPackages } from './setup/system-libraries.mjs';
import {
  countPlaywright,
  countPytest,
  countVitest,
  outcomeOf,
  resultsFolder,
  summaryFile,
  withOutcome,
} from './setup/test-results.mjs';

const nothing = { passed: 0, failed: 0, skipped: 0 };

async function vitest(project) {
  const file = join(resultsFolder, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const status = await runNode([join(modules, 'vitest/vitest.mjs'), 'run', '--project', project, ...reporters]);
  return { status, count: countVitest(file) };
}

/** Makes a package first; where it is root on a Debian, the tests install it and remove it again. */
async function packaged() {
  const made = await runNode([join(root, 'scripts/package.mjs')]);
  if (made !== 0) return { status: made, count: nothing };
  const stop = await useVirtualDisplay();
  const result = await vitest('package');
  stop();
  return result;
}

/** One who is not root can do all of it but watch a network camera: that file is skipped then, and nothing else. */
async function integration() {
  try {
    requireSystemPackages('rtsp-server', 'The test of a network camera');
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`${error.message} Without them, it is skipped.`);
  }
  return vitest('integration');
}

async function training() {
  const folder = join(root, 'training/tests');
  if (
    !existsSync(folder) ||
    !readdirSync(folder, { recursive: true }).some((name) => /(^|\/)test_[^/]*\.py$/.test(name))
  ) {
    return { status: 0, count: nothing };
  }
  if (process.platform !== 'linux') {
    say('the tests of the training code need Linux, where its Python packages come with the system; they are skipped.');
    return { status: 0, count: nothing };
  }
  requireSystemPackages('training', 'The tests of the training code');
  const file = join(resultsFolder, 'training.xml');
  // Debian's Python by its path: another one that comes first on PATH has no PyTorch.
  const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', `--junitxml=${file}`, 'tests'];
  const env = projectEnvironment({ PYTHONDONTWRITEBYTECODE: '1', OMP_NUM_THREADS: '2' });
  return {
    status: await run('/usr/bin/python3', args, { cwd: join(root, 'training'), env }),
    count: countPytest(file),
  };
}

async function endToEnd() {
  const runtime = await prepareElectron();
  await buildWhenChanged();
  const stop = await useVirtualDisplay();
  const env = projectEnvironment({ VITRINE_ELECTRON: runtime.executable });
  const status = await runNode([join(modules, '@playwright/test/cli.js'), 'test'], { env });
  stop();
  return { status, count: countPlaywright(join(resultsFolder, 'e2e.json')) };
}

const suites = {
  unit: () => vitest('unit'),
  integration,
  training,
  e2e: endToEnd,
  package: packaged,
};
/** Makes 150 MB and installs them: only where it is asked for. */
const onlyByName = ['package'];
/** What the suites cannot do without, beside what every window needs. */
const systemNeeds = { training: ['training'], e2e: ['virtual-display'], package: ['virtual-display'] };

async function main() {
  const named = process.argv.slice(2);
  const unknown = named.find((name) => !(name in suites));
  if (unknown)
    throw new SetupError(`there is no test suite "${unknown}"; there are ${Object.keys(suites).join(', ')}.`);
  rmSync(resultsFolder, { recursive: true, force: true });
  mkdirSync(resultsFolder, { recursive: true });
  const names = Object.keys(suites).filter((name) =>
    named.length > 0 ? named.includes(name) : !onlyByName.includes(name),
  );
  // Who is not root is asked once, for everything, and before the tests. For root each suite installs its own packages,
  // so that one that cannot be had fails its own suite only.
  if (process.getuid?.() !== 0) {
    const groups = ['window', ...names.flatMap((name) => systemNeeds[name] ?? [])];
    requireSystemPackages(groups, `Running the tests (${names.join(', ')})`);
  }
  await prepareDependencies();
  // Integration tests start Electron too; and what cannot be set up should be said before ten minutes of tests, not after.
  await prepareElectron();

  let total = nothing;
  let broken = false;
  for (const name of names) {
    say(`tests: ${name}`);
    const outcome = await outcomeOf(suites[name]);
    const { status, count } = outcome;
    total = withOutcome(total, outcome);
    broken ||= status !== 0 || count.failed > 0;
    say(
      `tests: ${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped${status === 0 ? '' : ` (exit status ${status})`}`,
    );
  }
  writeFileSync(summaryFile, JSON.stringify(total));
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
  process.exit(broken || total.passed === 0 ? 1 : 0);
}

main().catch(fail);
