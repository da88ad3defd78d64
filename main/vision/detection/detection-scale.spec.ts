import { describe, expect, it } from 'vitest';
import { detectionSize, longestInputSide, smallestFaceInInput } from './detection-scale.ts';

describe('detectionSize', () => {
  it('shows the smallest wanted face of a live picture at the height it needs, and hardly larger', () => {
    const size = detectionSize(1280, 720, 24, 'live');
    const facePx = (24 * size.scaledHeight) / 720;
    expect(facePx).toBeGreaterThanOrEqual(smallestFaceInInput.live);
    expect(facePx).toBeLessThan(smallestFaceInInput.live + 1);
    expect([size.inputWidth, size.inputHeight]).toEqual([960, 544]);
  });

  it('gives sides that are multiples of 32 and hold the scaled picture, whose aspect stays', () => {
    for (const [width, height] of [
      [1280, 720],
      [720, 1280],
      [641, 479],
      [30, 500],
      [1, 1],
      [3840, 2160],
    ] as const) {
      for (const smallest of [8, 12, 24, 60, 400]) {
        for (const effort of ['live', 'still'] as const) {
          const size = detectionSize(width, height, smallest, effort);
          expect(size.inputWidth % 32).toBe(0);
          expect(size.inputHeight % 32).toBe(0);
          expect(size.scaledWidth).toBeLessThanOrEqual(size.inputWidth);
          expect(size.scaledHeight).toBeLessThanOrEqual(size.inputHeight);
          expect(Math.max(size.inputWidth, size.inputHeight)).toBeLessThanOrEqual(longestInputSide[effort]);
          const error = Math.abs(size.scaledWidth / width - size.scaledHeight / height) * Math.min(width, height);
          expect(error).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('never enlarges a live picture but does enlarge a still one, within bounds', () => {
    expect(detectionSize(320, 256, 8, 'live').scaledWidth).toBe(320);
    expect(detectionSize(320, 256, 12, 'still').scaledWidth).toBe(640);
    expect(detectionSize(320, 256, 1, 'still').scaledWidth).toBe(1280);
    expect(detectionSize(2000, 1000, 4, 'still').scaledWidth).toBe(2048);
  });
});
