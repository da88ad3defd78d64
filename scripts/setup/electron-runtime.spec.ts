import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { officialRuntime } from './electron-runtime.mjs';

describe('the Electron that its own installer brought', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-electron-'));
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist/version'), 'v45.5.0\n');
    writeFileSync(join(folder, 'dist/program'), '');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is taken once the installer has said where it is, which is the last thing it does', () => {
    writeFileSync(join(folder, 'path.txt'), 'program');
    expect(officialRuntime(folder)).toEqual({
      folder: join(folder, 'dist'),
      executable: join(folder, 'dist/program'),
      version: '45.5.0',
      origin: 'official',
    });
  });

  it('is not taken when its unpacking broke off', () => {
    expect(officialRuntime(folder)).toBeNull();
    writeFileSync(join(folder, 'path.txt'), '');
    expect(officialRuntime(folder)).toBeNull();
  });

  it('is not taken when the program is gone', () => {
    writeFileSync(join(folder, 'path.txt'), 'another');
    expect(officialRuntime(folder)).toBeNull();
  });
});
