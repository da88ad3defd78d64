import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AnalysisInput, inputsOf } from './inputs.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-inputs-'));
  await mkdir(join(folder, 'set', 'b'), { recursive: true });
  for (const name of ['set/c.PNG', 'set/a.jpg', 'set/labels.csv', 'set/b/x.mp4', 'odd.bin']) {
    await writeFile(join(folder, name), '');
  }
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function collect(...paths: string[]): Promise<AnalysisInput[]> {
  const found: AnalysisInput[] = [];
  for await (const input of inputsOf(paths, folder)) found.push(input);
  return found;
}

describe('inputsOf', () => {
  it('finds pictures and videos in a folder and below, sorted, and nothing else', async () => {
    const found = await collect('set');
    expect(found.map(({ source, kind }) => [source, kind])).toEqual([
      ['set/a.jpg', 'picture'],
      ['set/b/x.mp4', 'video'],
      ['set/c.PNG', 'picture'],
    ]);
    expect(found[0]?.path).toBe(join(folder, 'set/a.jpg'));
  });

  it('takes a file that is named whatever its ending is, and keeps the order given', async () => {
    const found = await collect('set/c.PNG', 'odd.bin');
    expect(found.map(({ source, error }) => [source, error])).toEqual([
      ['set/c.PNG', null],
      ['odd.bin', null],
    ]);
  });

  it('tells of a path that does not exist, and goes on', async () => {
    const found = await collect('none.jpg', 'set/a.jpg');
    expect(found.map(({ error }) => error)).toEqual(['There is no such file or folder.', null]);
  });
});
