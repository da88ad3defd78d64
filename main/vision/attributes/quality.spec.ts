import { describe, expect, it } from 'vitest';
import { isFacing, qualityOf, sharpnessOf, tooBlurred, unreadable } from './quality.ts';

const size = 64;
const frontal = { yaw: 0, pitch: 0 };

/** A crop of random spots, `grain` pixels wide, smoothed `passes` times; the same on every run. */
function crop(grain: number, passes: number, contrast = 120): Float32Array {
  let seed = 7;
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
  const cells = Math.ceil(size / grain);
  const grid = Float32Array.from({ length: cells * cells }, () => 128 + contrast * (random() - 0.5));
  let plane = Float32Array.from(
    { length: size * size },
    (_, i) => grid[Math.floor(Math.floor(i / size) / grain) * cells + Math.floor((i % size) / grain)] ?? 0,
  );
  for (let pass = 0; pass < passes; pass++) {
    const before = plane;
    plane = Float32Array.from(before, (value, i) => {
      const column = i % size;
      const around = [
        before[i - size] ?? value,
        before[i + size] ?? value,
        column > 0 ? (before[i - 1] ?? value) : value,
        column < size - 1 ? (before[i + 1] ?? value) : value,
      ];
      return (value + around.reduce((a, b) => a + b, 0)) / 5;
    });
  }
  const all = new Float32Array(3 + 3 * size * size);
  for (let channel = 0; channel < 3; channel++) all.set(plane, 3 + channel * size * size);
  return all;
}
const sharpness = (grain: number, passes: number, contrast?: number) =>
  sharpnessOf(crop(grain, passes, contrast), 3, size);

describe('sharpnessOf', () => {
  it('falls as the same crop is blurred more', () => {
    const values = [0, 4, 12, 40, 120].map((passes) => sharpness(6, passes));
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeLessThanOrEqual(values[i - 1] as number);
    expect(values[0]).toBeGreaterThan(0.8);
    expect(tooBlurred(values[0] as number)).toBe(false);
    expect(tooBlurred(values.at(-1) as number)).toBe(true);
  });

  it('does not depend on contrast', () => {
    expect(sharpness(6, 6, 200)).toBeCloseTo(sharpness(6, 6, 40), 4);
  });

  it('finds nothing in a crop of one colour', () => {
    expect(sharpnessOf(new Float32Array(3 * size * size).fill(90), 0, size)).toBe(0);
  });
});

describe('qualityOf', () => {
  it('stays within 0..1 and grows with size, sharpness and straightness', () => {
    expect(qualityOf(500, frontal, 1)).toBe(1);
    expect(qualityOf(10, frontal, 1)).toBe(0);
    expect(qualityOf(60, frontal, 1)).toBeGreaterThan(qualityOf(30, frontal, 1));
    expect(qualityOf(60, frontal, 1)).toBeGreaterThan(qualityOf(60, frontal, 0.3));
    expect(qualityOf(60, frontal, 1)).toBeGreaterThan(qualityOf(60, { yaw: -40, pitch: 0 }, 1));
  });
});

describe('unreadable', () => {
  it('tells why', () => {
    expect(unreadable(100, frontal)).toBeNull();
    expect(unreadable(12, frontal)).toBe('too-small');
    expect(unreadable(Number.NaN, frontal)).toBe('too-small');
    expect(unreadable(100, { yaw: -75, pitch: 0 })).toBe('turned-away');
  });
});

describe('isFacing', () => {
  it('has hysteresis', () => {
    const between = { yaw: 33, pitch: 0 };
    expect(isFacing(frontal, false)).toBe(true);
    expect(isFacing(between, false)).toBe(false);
    expect(isFacing(between, true)).toBe(true);
    expect(isFacing({ yaw: 45, pitch: 0 }, true)).toBe(false);
  });
});
