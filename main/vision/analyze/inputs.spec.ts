import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
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

  it('leaves out what is hidden in a folder, unless it is named itself', async () => {
    await mkdir(join(folder, 'set', '.thumbnails'));
    for (const name of ['._a.jpg', '.thumbnails/a.jpg']) await writeFile(join(folder, 'set', name), '');
    await symlink('nowhere', join(folder, 'set', '.x.jpg'));
    const found = await collect('set', 'set/._a.jpg', 'set/.thumbnails');
    expect(found.map(({ source, error }) => [source, error])).toEqual([
      ['set/a.jpg', null],
      ['set/b/x.mp4', null],
      ['set/c.PNG', null],
      ['set/._a.jpg', null],
      ['set/.thumbnails/a.jpg', null],
    ]);
  });

  it('takes a file that is named whatever its ending is, and keeps the order given', async () => {
    const found = await collect('set/c.PNG', 'odd.bin');
    expect(found.map(({ source, error }) => [source, error])).toEqual([
      ['set/c.PNG', null],
      ['odd.bin', null],
    ]);
  });

  it('follows links to files, and to folders once, however they lead back', async () => {
    await mkdir(join(folder, 'elsewhere'));
    await writeFile(join(folder, 'elsewhere', 'e.png'), '');
    await symlink('a.jpg', join(folder, 'set', 'f.jpg'));
    await symlink('.', join(folder, 'set', 'g'));
    await symlink('b', join(folder, 'set', 'h'));
    await symlink('../elsewhere', join(folder, 'set', 'i'));
    await symlink('../elsewhere', join(folder, 'set', 'j'));
    await symlink('../set', join(folder, 'elsewhere', 'back'));
    await symlink('..', join(folder, 'set', 'k'));
    const found = await collect('set');
    expect(found.map(({ source }) => source)).toEqual([
      'set/a.jpg',
      'set/b/x.mp4',
      'set/c.PNG',
      'set/f.jpg',
      'set/i/e.png',
    ]);
  });

  it('tells of a link that leads nowhere where it should lead to a picture, and of no other', async () => {
    for (const name of ['x.jpg', 'x.txt', 'x']) await symlink('nowhere', join(folder, 'set', 'b', name));
    await symlink('y.png', join(folder, 'set', 'b', 'y.png'));
    const found = await collect('set/b');
    expect(found.map(({ source, error }) => [source, error])).toEqual([
      ['set/b/x.jpg', 'There is no such file or folder.'],
      ['set/b/x.mp4', null],
      ['set/b/y.png', 'There is no such file or folder.'],
    ]);
  });

  it('tells of a path that does not exist, and goes on', async () => {
    const found = await collect('none.jpg', 'set/a.jpg');
    expect(found.map(({ error }) => error)).toEqual(['There is no such file or folder.', null]);
  });
});
