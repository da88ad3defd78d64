import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { networkFiles } from '../settings/network-files.ts';
import { knownConfusions } from './known-confusions.ts';

describe('the known errors of a network', () => {
  let folder: string;
  let model: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-confusions-'));
    model = join(folder, 'network.onnx');
    writeFileSync(model, 'weights');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const gender = {
    classes: ['female', 'male'],
    named: [
      [95, 5],
      [3, 97],
    ],
  };
  const write = (attributes: unknown, of = 'weights') =>
    writeFileSync(
      join(folder, 'network.confusion.json'),
      JSON.stringify({ model: { sha256: createHash('sha256').update(of).digest('hex') }, attributes }),
    );

  it('are read from beside it', () => {
    write({ gender });
    expect(knownConfusions(model)).toEqual({ confusions: { gender }, complaint: null });
  });

  it('are not those of another network', () => {
    write({ gender }, 'other weights');
    expect(knownConfusions(model)).toMatchObject({
      confusions: {},
      complaint: expect.stringMatching('another network'),
    });
  });

  it.each([
    ['classes in another order', { gender: { ...gender, classes: ['male', 'female'] } }],
    ['a table that is not square', { gender: { ...gender, named: [[1, 2]] } }],
    ['an attribute that is not counted', { height: gender }],
    [
      'negative faces',
      {
        gender: {
          ...gender,
          named: [
            [-1, 2],
            [1, 1],
          ],
        },
      },
    ],
  ])('are not taken from %s', (_, attributes) => {
    write(attributes);
    const { confusions, complaint } = knownConfusions(model);
    expect(confusions).toEqual({});
    expect(complaint).toMatch('cannot be used');
  });

  it('are unknown where nothing lies beside it', () => {
    expect(knownConfusions(model)).toMatchObject({ confusions: {}, complaint: expect.stringMatching('ENOENT') });
  });

  it.each(Object.values(networkFiles))('are shipped for our own %s', (file) => {
    const own = fileURLToPath(new URL(`../../resources/models/${file}`, import.meta.url));
    const { confusions, complaint } = knownConfusions(own);
    expect(complaint).toBeNull();
    expect(Object.keys(confusions)).toEqual(['gender', 'glasses', 'eyeMakeup', 'lipMakeup']);
  });
});
