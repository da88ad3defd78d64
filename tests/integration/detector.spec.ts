import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Detection, FaceDetector } from '../../main/vision/detection/face-detector.ts';
import { createYunetDetector } from '../../main/vision/detection/yunet-detector.ts';
import { type Actor, composeClip } from '../support/composed-clip.ts';
import { overlap } from '../support/mot-metrics.ts';
import { cutHeads } from '../support/reel-faces.ts';
import { enginePaths } from '../support/vision.ts';

const model = enginePaths.detectorModel;
const folder = mkdtempSync(join(tmpdir(), 'vitrine-detector-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the face detector', () => {
  let detector: FaceDetector;
  let actors: readonly Actor[];
  beforeAll(async () => {
    detector = await createYunetDetector(model);
    const heads = await cutHeads();
    actors = heads.slice(0, 3).map((head, i) => ({ head, at: () => ({ x: 250 + 380 * i, y: 330, height: 110 }) }));
  }, 300_000);
  afterAll(() => detector?.dispose());

  const frame = () => composeClip(actors, [], 1, 1).next().value;

  it('says what it is and where it works best', () => {
    expect(detector.name.length).toBeGreaterThan(0);
    expect(detector.defaultMinScore).toBeGreaterThan(0.1);
    expect(detector.defaultMinScore).toBeLessThan(0.95);
  });

  it('finds the faces where they are, with their landmarks in order, live and still', async () => {
    const { picture, truth } = frame() ?? {};
    if (!picture || !truth) throw new Error('no frame was composed');
    expect(truth).toHaveLength(3);
    for (const effort of ['live', 'still'] as const) {
      const found = await detector.detect(picture, 12, detector.defaultMinScore, effort);
      expect(found, effort).toHaveLength(3);
      for (const { box } of truth)
        expect(
          found.some((face) => overlap(face.box, box) > 0.5),
          effort,
        ).toBe(true);
      for (const face of found) expectFaceLike(face);
    }
  });

  it('says the same again after looking at another size', async () => {
    const { picture } = frame() ?? {};
    if (!picture) throw new Error('no frame was composed');
    const first = await detector.detect(picture, 12, 0.5);
    await detector.detect(picture, 40, 0.5);
    await detector.detect(picture, 20, 0.5, 'still');
    expect(await detector.detect(picture, 12, 0.5)).toEqual(first);
  });

  it('finds nothing on an empty picture', async () => {
    const grey = (width: number, height: number) => new Uint8Array(width * height * 3).fill(128);
    expect(await detector.detect({ width: 640, height: 360, scaledRgb: grey }, 12, detector.defaultMinScore)).toEqual(
      [],
    );
  });
});

function expectFaceLike({ box, landmarks }: Detection): void {
  const [rightEye, leftEye, nose, rightCorner, leftCorner] = landmarks;
  expect(rightEye.x).toBeLessThan(leftEye.x);
  expect(rightCorner.x).toBeLessThan(leftCorner.x);
  expect(Math.max(rightEye.y, leftEye.y)).toBeLessThan(Math.min(rightCorner.y, leftCorner.y));
  expect(nose.y).toBeGreaterThan(rightEye.y);
  for (const { x, y } of landmarks) {
    expect(x).toBeGreaterThan(box.x - 0.2 * box.width);
    expect(x).toBeLessThan(box.x + 1.2 * box.width);
    expect(y).toBeGreaterThan(box.y);
    expect(y).toBeLessThan(box.y + 1.1 * box.height);
  }
}

describe('a detector file that cannot be used', () => {
  it.each([
    ['missing', 'missing', () => join(folder, 'none.onnx')],
    ['cut short', 'damaged', () => written('short.onnx', readFileSync(model).subarray(0, 60_000))],
    ['a text', 'damaged', () => written('text.onnx', Buffer.from('<html>404</html>'))],
    ['overwritten inside', 'damaged', () => written('overwritten.onnx', overwritten(readFileSync(model)))],
    ['the attribute network', 'foreign', () => enginePaths.attributeModel],
  ])('that is %s is called %s', async (_what, reason, path) => {
    await expect(createYunetDetector(path())).rejects.toMatchObject({ name: 'ModelError', reason });
  });
});

function written(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Of the same length, so that only the runtime can find out. */
function overwritten(bytes: Buffer): Buffer {
  return bytes.fill(0xff, 2000, 40_000);
}

describe('a process that loads a detector', () => {
  it("leaves nothing in its user's folders", () => {
    const home = mkdtempSync(join(folder, 'home-'));
    const script = fileURLToPath(new URL('../support/load-detector.ts', import.meta.url));
    const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
    const child = spawnSync(process.execPath, [script, model], {
      env: { ...env, HOME: home, XDG_CACHE_HOME: join(home, 'cache'), XDG_CONFIG_HOME: join(home, 'config') },
      encoding: 'utf8',
    });
    expect(child.stderr).toBe('');
    expect(child.status).toBe(0);
    expect(readdirSync(home)).toEqual([]);
  });
});
