import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOnnxMetadata } from './onnx-metadata.ts';
import { vitrineMetadata } from './vitrine-metadata.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-metadata-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}
function lengthField(field: number, body: readonly number[]): number[] {
  return [...varint(field * 8 + 2), ...varint(body.length), ...body];
}
const text = (value: string) => [...new TextEncoder().encode(value)];
const irVersion = [8, 8];
const graph = (bytes: number) => lengthField(7, new Array<number>(bytes).fill(0xff));
const property = (key: string, value: string) =>
  lengthField(14, [...lengthField(1, text(key)), ...lengthField(2, text(value))]);

async function read(bytes: readonly number[]) {
  const path = join(folder, 'model.onnx');
  await writeFile(path, Uint8Array.from(bytes));
  return readOnnxMetadata(path);
}

describe('readOnnxMetadata', () => {
  it('finds every property behind a graph of any size', async () => {
    const long = 'x'.repeat(500);
    const found = await read([
      ...irVersion,
      ...lengthField(2, text('pytorch')),
      ...graph(70_000),
      ...property('vitrine', long),
      ...property('a', 'é'),
    ]);
    expect(Object.fromEntries(found)).toEqual({ vitrine: long, a: 'é' });
  });

  it('gives nothing for a model without properties', async () => {
    expect((await read([...irVersion, ...graph(10)])).size).toBe(0);
  });

  it('calls a file missing that is not there', async () => {
    await expect(readOnnxMetadata(join(folder, 'none.onnx'))).rejects.toMatchObject({ reason: 'missing' });
  });

  it.each([
    ['an empty file', []],
    ['a text', text('<html>not found</html>')],
    ['a model cut short', [...irVersion, ...graph(1000)].slice(0, 600)],
    [
      'a field that claims to be larger than the file',
      [...irVersion, ...graph(10), ...varint(14 * 8 + 2), ...varint(5000), 1],
    ],
  ])('calls %s damaged', async (_what, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ reason: 'damaged' });
  });
});

describe('vitrineMetadata', () => {
  const properties = (value: unknown) =>
    new Map([['vitrine', typeof value === 'string' ? value : JSON.stringify(value)]]);

  it('reads the facts of our own models', () => {
    const facts = vitrineMetadata(
      properties({ kind: 'face-detector', name: 'n', version: 2, working_point: 0.4 }),
      'face-detector',
    );
    expect(facts).toMatchObject({ name: 'n', version: '2', working_point: 0.4 });
  });

  it('knows nothing about a file without them', () => {
    expect(vitrineMetadata(new Map(), 'face-detector')).toBeNull();
  });

  it('refuses a model of another kind', () => {
    expect(() => vitrineMetadata(properties({ kind: 'face-attributes' }), 'face-detector')).toThrow(/face-attributes/);
  });

  it('refuses metadata that is no JSON object', () => {
    expect(() => vitrineMetadata(properties('{'), 'face-detector')).toThrow(/JSON/);
    expect(() => vitrineMetadata(properties('[1]'), 'face-detector')).toThrow(/object/);
  });
});
