import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expressionClasses, glassesClasses } from '../../contract/attributes.ts';
import { networkFiles } from '../../main/settings/network-files.ts';
import { AttributeNetwork } from '../../main/vision/attributes/attribute-network.ts';
import { repository } from '../support/shared.ts';
import { enginePaths } from '../support/vision.ts';

const options = { alignmentId: 'vitrine-face-5pt-1', maxBatch: 4, threads: 1 };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-attributes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(Object.entries(networkFiles))('the %s attribute network', (_, file) => {
  let network: AttributeNetwork;
  beforeAll(async () => {
    network = await AttributeNetwork.load(join(repository, 'resources/models', file), options);
  });
  afterAll(() => network.dispose());

  /** Fills a place of the batch with a pattern of its own. */
  function fill(place: number, pattern: number): void {
    const { cropLength, input } = network;
    for (let i = 0; i < cropLength; i++) input[place * cropLength + i] = (i * (31 + 2 * pattern) + pattern * 17) % 256;
  }

  it('says what it is', () => {
    expect(network.metadata.name).not.toBe('');
    expect(network.metadata.inputSize).toBeGreaterThanOrEqual(64);
    expect([...network.metadata.expression].sort()).toEqual([...expressionClasses].sort());
  });

  it('gives numbers within their ranges, probabilities that add up', async () => {
    for (let place = 0; place < 4; place++) fill(place, place);
    for (const reading of await network.run(4)) {
      expect(reading.age.years).toBeGreaterThanOrEqual(0);
      expect(reading.age.years).toBeLessThanOrEqual(100);
      expect(reading.age.spread).toBeGreaterThan(0);
      const { gender, smile, eyeMakeup, lipMakeup, beard, moustache, sideburns } = reading;
      for (const value of [gender.female, smile, eyeMakeup, lipMakeup, beard, moustache, sideburns]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
      expect(expressionClasses.reduce((sum, name) => sum + reading.expression[name], 0)).toBeCloseTo(1, 4);
      expect(glassesClasses.reduce((sum, name) => sum + reading.glasses[name], 0)).toBeCloseTo(1, 4);
    }
  });

  it('reads a face alike alone and in a batch, wherever it stands in it', async () => {
    fill(0, 5);
    const [alone] = await network.run(1);
    fill(0, 1);
    fill(1, 2);
    fill(2, 5);
    const batch = await network.run(3);
    expect(batch).toHaveLength(3);
    expect(batch[2]?.age.years).toBeCloseTo(alone?.age.years ?? Number.NaN, 2);
    expect(batch[2]?.gender.female).toBeCloseTo(alone?.gender.female ?? Number.NaN, 3);
    expect(batch[0]?.age.years).not.toBeCloseTo(alone?.age.years ?? Number.NaN, 3);
  });

  it('refuses a batch larger than its buffer', async () => {
    await expect(network.run(5)).rejects.toThrow(RangeError);
    await expect(network.run(0)).rejects.toThrow(RangeError);
  });
});

describe('a model file that is none of ours', () => {
  it.each([
    ['missing', async () => join(folder, 'none.onnx')],
    ['damaged', async () => written('empty.onnx', '')],
    ['damaged', async () => written('text.onnx', '<html>404</html>')],
    ['foreign', async () => enginePaths.detectorModel],
  ] as const)('is called %s', async (reason, file) => {
    await expect(AttributeNetwork.load(await file(), options)).rejects.toMatchObject({ reason });
  });

  it('is foreign when it was trained with another alignment', async () => {
    const loading = AttributeNetwork.load(enginePaths.attributeModel, { ...options, alignmentId: 'another' });
    await expect(loading).rejects.toMatchObject({ reason: 'foreign' });
  });
});

async function written(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
