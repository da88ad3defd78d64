import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { SetupError } from './say.mjs';
import { countPlaywright, countPytest, countVitest, outcomeOf, withOutcome } from './test-results.mjs';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-results-'));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('the sum of the tests', () => {
  it('counts a file that vitest could not load as a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    };
    const counted = countVitest(file('vitest.json', JSON.stringify(report)));
    expect(counted).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it('counts failures and errors of pytest', () => {
    const xml =
      '<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1"></testsuite>';
    expect(countPytest(file('pytest.xml', xml))).toEqual({ passed: 4, failed: 3, skipped: 3 });
  });

  it('counts a test that Playwright passed on a second try as failed', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 }, errors: [{}] };
    expect(countPlaywright(file('e2e.json', JSON.stringify(report)))).toEqual({ passed: 5, failed: 3, skipped: 0 });
  });

  it('counts nothing where a runner left no report', () => {
    const none = { passed: 0, failed: 0, skipped: 0 };
    expect([countVitest, countPytest, countPlaywright].map((count) => count('/nowhere'))).toEqual([none, none, none]);
  });

  it('counts one failure for a suite that cannot be run, and says why', async () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const outcome = await outcomeOf(() => Promise.reject(new SetupError('there is no screen.')));
    expect(told.mock.calls).toEqual([['vitrine: there is no screen.\n']]);
    told.mockRestore();
    expect(withOutcome({ passed: 7, failed: 0, skipped: 2 }, outcome)).toEqual({ passed: 7, failed: 1, skipped: 2 });
  });

  it('counts one failure for a runner that ended badly without naming a test, and no more than were named', () => {
    const before = { passed: 1, failed: 1, skipped: 0 };
    const ended = { status: 1, count: { passed: 2, failed: 0, skipped: 1 } };
    expect(withOutcome(before, ended)).toEqual({ passed: 3, failed: 2, skipped: 1 });
    const named = { status: 1, count: { passed: 0, failed: 2, skipped: 0 } };
    expect(withOutcome(before, named)).toEqual({ passed: 1, failed: 3, skipped: 0 });
  });
});
