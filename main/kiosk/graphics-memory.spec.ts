import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rememberedSoftwareGraphics, rememberSoftwareGraphics } from './graphics-memory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-graphics-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('remembers for the same version, and for a month', () => {
  expect(rememberedSoftwareGraphics(folder, '1.0.0', 0)).toBe(false);
  expect(rememberSoftwareGraphics(folder, '1.0.0', 1000)).toBe(true);
  expect(rememberedSoftwareGraphics(folder, '1.0.0', 2000)).toBe(true);
  expect(rememberedSoftwareGraphics(folder, '1.1.0', 2000)).toBe(false);
  expect(rememberedSoftwareGraphics(folder, '1.0.0', 1000 + 30 * 24 * 3_600_000)).toBe(false);
});

it('takes a damaged file for none', () => {
  writeFileSync(join(folder, 'graphics.json'), '{"software":');
  expect(rememberedSoftwareGraphics(folder, '1.0.0')).toBe(false);
});

it('says so when it cannot remember', () => {
  expect(rememberSoftwareGraphics(join(folder, 'gone'), '1.0.0')).toBe(false);
});
