import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findRuntime } from '../../scripts/setup/electron-runtime.mjs';
import { repository } from '../support/shared.ts';

const run = promisify(execFile);
const script = join(repository, 'tests/support/sqlite-stress.mjs');
const electron = findRuntime()?.executable;

/**
 * The binary that set-up puts in place for an old Electron must not end the process when statements are collected
 * (scripts/setup/sqlite-binding.mjs).
 */
describe('better-sqlite3 survives the collection of statements, iterators and databases', () => {
  it('in Node.js', async () => {
    const { stdout } = await run(process.execPath, ['--expose-gc', script]);
    expect(stdout).toContain('6000 statements');
  });

  it.skipIf(!electron)('in Electron', async () => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const { stdout } = await run(electron as string, ['--expose-gc', script], { env });
    expect(stdout).toContain('6000 statements');
  });
});
