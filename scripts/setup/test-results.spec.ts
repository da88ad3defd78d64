import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countPlaywright, countPytest, countVitest } from './test-results.mjs';

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
});
