import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWritable, standInFor } from './data-folder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-data-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('isWritable', () => {
  it('makes the folder where it can, and leaves nothing in it', () => {
    expect(isWritable(join(folder, 'a/b'))).toBe(true);
    expect(readdirSync(join(folder, 'a/b'))).toEqual([]);
  });

  it('says no where nothing can be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(isWritable(join(folder, 'file'))).toBe(false);
  });
});

describe('standInFor', () => {
  it('is one folder for each data folder', () => {
    expect(standInFor('/data/a')).toBe(standInFor('/data/a'));
    expect(standInFor('/data/a')).not.toBe(standInFor('/data/b'));
    expect(standInFor('/data/a').startsWith(tmpdir())).toBe(true);
  });
});
