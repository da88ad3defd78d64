import { describe, expect, it } from 'vitest';
import type { Box, FaceLandmarks } from '../../../contract/geometry.ts';
import type { Detection, DetectorInput, FaceDetector } from '../detection/face-detector.ts';
import { findFaces } from './find-faces.ts';

interface Truth {
  readonly box: Box;
  readonly score: number;
}

/** Sees faces that are 12 to 160 pixels high in its input, and larger or smaller ones not at all. */
function limitedDetector(width: number, faces: readonly Truth[], looks: number[] = []): FaceDetector {
  return {
    name: 'limited',
    version: '1',
    defaultMinScore: 0.6,
    dispose: async () => {},
    detect: async (input: DetectorInput, smallestFacePx: number, minScore: number): Promise<readonly Detection[]> => {
      const factor = 24 / smallestFacePx;
      looks.push(Math.round(input.width * factor));
      const margin = (input.width - width) / 2;
      return faces
        .filter(({ box, score }) => score >= minScore && box.height * factor >= 12 && box.height * factor <= 160)
        .map(({ box, score }) => {
          const at = { ...box, x: box.x + margin, y: box.y + margin };
          const point = { x: at.x, y: at.y };
          return { box: at, score, landmarks: [point, point, point, point, point] as unknown as FaceLandmarks };
        });
    },
  };
}
const picture = (width: number, height: number) => ({ width, height, rgb: new Uint8Array(width * height * 3) });
const wanted = { smallestPx: 24, minScore: 0.6, searchHarder: true };

describe('findFaces', () => {
  it('finds small and large faces of one picture, each once and in its own place', async () => {
    const faces = [24, 60, 150, 400].map((height, i) => ({
      box: { x: 20 + 100 * i, y: 20, width: 0.8 * height, height },
      score: 0.9 - i / 100,
    }));
    const found = await findFaces(limitedDetector(800, faces), picture(800, 600), wanted);
    expect(found.map(({ box }) => box.height)).toEqual([24, 60, 150, 400]);
    for (const [i, { box }] of found.entries()) expect(box.x).toBeCloseTo(20 + 100 * i, 6);
  });

  it('finds the face that fills a small picture', async () => {
    const found = await findFaces(
      limitedDetector(160, [{ box: { x: 5, y: 0, width: 150, height: 170 }, score: 0.9 }]),
      picture(160, 160),
      wanted,
    );
    expect(found).toHaveLength(1);
  });

  it('looks again with lower scores where a small picture shows none, but only if it may', async () => {
    const detector = limitedDetector(160, [{ box: { x: 20, y: 20, width: 90, height: 110 }, score: 0.3 }]);
    expect(await findFaces(detector, picture(160, 160), wanted)).toHaveLength(1);
    expect(await findFaces(detector, picture(160, 160), { ...wanted, searchHarder: false })).toHaveLength(0);
    expect(await findFaces(detector, picture(640, 480), wanted)).toHaveLength(0);
  });

  it('enlarges a picture as far as its smallest wanted face needs', async () => {
    const looks: number[] = [];
    await findFaces(limitedDetector(400, [], looks), picture(400, 300), { ...wanted, smallestPx: 12 });
    expect(Math.max(...looks)).toBe(800);
  });
});
