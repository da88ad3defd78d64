import { defineConfig } from '@playwright/test';

/** End to end on the real Electron. One at a time: each of them runs the whole engine. A retry would hide a failure. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  globalSetup: './tests/e2e/support/global-setup.ts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  // Far more than an idle machine needs, so that a busy one does not make a test fail that would pass.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  outputDir: 'test-results/e2e',
  forbidOnly: process.env.CI === 'true',
});
