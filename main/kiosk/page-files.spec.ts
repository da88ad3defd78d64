import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPageFile } from './page-files.ts';

let root: string;
let page: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-page-'));
  page = join(root, 'renderer');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<p>page</p>');
  writeFileSync(join(page, 'assets', 'a b.js'), '1');
  writeFileSync(join(page, 'assets', 'a.js.map'), '{}');
  writeFileSync(join(root, 'secret.json'), '{}');
  mkdirSync(join(root, 'renderer-else'));
  writeFileSync(join(root, 'renderer-else', 'x.js'), '1');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('readPageFile', () => {
  it('serves the page and what belongs to it, with its type', async () => {
    const index = await readPageFile(page, '/');
    expect(index?.type).toContain('text/html');
    expect(Buffer.from(index?.body ?? []).toString()).toBe('<p>page</p>');
    expect((await readPageFile(page, '/assets/a%20b.js'))?.type).toContain('javascript');
  });

  it.each([
    '/gone.js',
    '/assets',
    '/assets/a.js.map',
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2frenderer-else/x.js',
    '/%00.js',
    '/%E0%A4%A.js',
  ])('does not serve %s', async (pathname) => {
    expect(await readPageFile(page, pathname)).toBeNull();
  });
});
