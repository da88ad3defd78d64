import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FaceLandmarks } from '../../contract/geometry.ts';
import {
  fitSimilarity,
  mirrorCrop,
  parseAlignmentTemplate,
  sampleCrop,
} from '../../main/vision/attributes/alignment.ts';

interface Case {
  readonly name: string;
  readonly image: string;
  readonly width: number;
  readonly height: number;
  readonly landmarks: readonly (readonly [number, number])[];
  readonly size: number;
  readonly expected: string;
  readonly matrix: { readonly a: number; readonly b: number; readonly tx: number; readonly ty: number };
}

const fixtures = new URL('../fixtures/alignment/', import.meta.url);
const template = parseAlignmentTemplate(
  readFileSync(new URL('../../resources/models/alignment.json', import.meta.url), 'utf8'),
);
const { cases } = JSON.parse(readFileSync(new URL('cases.json', fixtures), 'utf8')) as {
  readonly cases: readonly Case[];
};

const landmarksOf = (points: Case['landmarks']) => points.map(([x, y]) => ({ x, y })) as unknown as FaceLandmarks;

describe('alignment, against the crops that training makes', () => {
  it('has cases to compare', () => expect(cases.length).toBeGreaterThanOrEqual(4));

  it.each(cases)('$name: the same transform', ({ landmarks, matrix }) => {
    const found = fitSimilarity(landmarksOf(landmarks), template);
    expect(found).not.toBeNull();
    for (const key of ['a', 'b', 'tx', 'ty'] as const) expect(found?.[key]).toBeCloseTo(matrix[key], 9);
  });

  it.each(cases)('$name: the same pixels', ({ image, width, height, landmarks, size, expected }) => {
    const transform = fitSimilarity(landmarksOf(landmarks), template);
    if (!transform) throw new Error('no transform');
    const rgb = new Uint8Array(readFileSync(new URL(image, fixtures)));
    const wanted = readFileSync(new URL(expected, fixtures));
    const offset = 5;
    const crop = new Float32Array(offset + 3 * size * size);
    sampleCrop(rgb, width, height, transform, size, template.maxSupersampling, crop, offset);
    let sum = 0;
    let worst = 0;
    for (let pixel = 0; pixel < size * size; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        const difference = Math.abs(
          (crop[offset + channel * size * size + pixel] ?? Number.NaN) - (wanted[pixel * 3 + channel] ?? Number.NaN),
        );
        sum += difference;
        worst = Math.max(worst, difference);
      }
    }
    // The specification allows 2 grey levels on average; rounding alone leaves far less.
    expect(sum / (3 * size * size)).toBeLessThan(0.05);
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('gives no crop for landmarks on one spot or at no place at all', () => {
    expect(fitSimilarity(landmarksOf(Array.from({ length: 5 }, () => [10, 10] as const)), template)).toBeNull();
    expect(fitSimilarity(landmarksOf(Array.from({ length: 5 }, () => [Number.NaN, 10] as const)), template)).toBeNull();
  });

  it('mirrors a crop left to right, plane by plane', () => {
    const buffer = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, ...new Array<number>(12).fill(0)]);
    mirrorCrop(buffer, 0, 12, 2);
    expect([...buffer.subarray(12)]).toEqual([2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11]);
  });
});
