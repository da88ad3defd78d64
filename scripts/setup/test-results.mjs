import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, root } from './paths.mjs';
import { tell } from './say.mjs';

/** Where the runners leave their results, and where the sum of them goes. */
export const resultsFolder = join(root, 'test-results');
export const summaryFile = join(resultsFolder, 'summary.json');

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * Runs a suite to its end. One that cannot be run has failed, and says why; the suites after it have their turn.
 * @param {() => Promise<{ status: number, count: Count }>} suite
 */
export async function outcomeOf(suite) {
  try {
    return await suite();
  } catch (error) {
    tell(error);
    return { status: 1, count: { passed: 0, failed: 0, skipped: 0 } };
  }
}

/**
 * Adds a suite to the sum. A runner that ends badly without naming a test that failed has failed as such.
 * @param {Count} total
 * @param {{ status: number, count: Count }} outcome
 * @returns {Count}
 */
export function withOutcome(total, { status, count }) {
  return {
    passed: total.passed + count.passed,
    failed: total.failed + (status !== 0 && count.failed === 0 ? 1 : count.failed),
    skipped: total.skipped + count.skipped,
  };
}

/** @returns {Count} of vitest's json reporter; a file that could not even be loaded is a failure */
export function countVitest(path) {
  const report = readJson(path);
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/** @returns {Count} of pytest's junit file */
export function countPytest(path) {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const suite = /<testsuite\b[^>]*>/.exec(text)?.[0] ?? '';
  const number = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = number('failures') + number('errors');
  const skipped = number('skipped');
  return { passed: Math.max(0, number('tests') - failed - skipped), failed, skipped };
}

/** @returns {Count} of Playwright's json reporter; a test that passed on a second try has failed */
export function countPlaywright(path) {
  const stats = readJson(path)?.stats;
  if (!stats) return { passed: 0, failed: 0, skipped: 0 };
  const errors = readJson(path)?.errors?.length ?? 0;
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors, skipped: stats.skipped };
}
