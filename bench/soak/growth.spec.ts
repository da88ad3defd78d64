import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../tests/support/made-up-visits.ts';
import { growthOf, type Point } from './growth.ts';

/** Four looks a minute for ten minutes. */
function points(value: (minute: number) => number): readonly Point[] {
  return Array.from({ length: 40 }, (_, i) => ({ minute: (i + 1) / 4, value: value((i + 1) / 4) }));
}

describe('growthOf', () => {
  it('finds a slow rise under noise larger than each step, with its slope', () => {
    const random = randomNumbers(3);
    const { verdict, perMinute } = growthOf(
      points((minute) => 180 + 0.8 * minute + 1.5 * (random() - 0.5)),
      1,
    );
    expect(verdict).toBe('grows');
    expect(perMinute).toBeCloseTo(0.8, 0);
  });

  it('is not misled by warming up, by a saw, or by one odd look', () => {
    const random = randomNumbers(5);
    expect(
      growthOf(
        points((minute) => Math.min(minute, 4) * 50 + random()),
        0.5,
      ).verdict,
    ).toBe('flat');
    expect(
      growthOf(
        points((minute) => 200 + 20 * (minute % 1) + random()),
        5,
      ).verdict,
    ).toBe('flat');
    expect(
      growthOf(
        points((minute) => (minute === 9 ? 900 : 100 + random())),
        0.5,
      ).verdict,
    ).toBe('flat');
    expect(
      growthOf(
        points(() => 100 + 8 * random()),
        0.5,
      ).verdict,
    ).toBe('flat');
  });

  it('leaves a rise without weight alone, and tells a fall', () => {
    expect(
      growthOf(
        points((minute) => 100 + 0.01 * minute),
        1,
      ).verdict,
    ).toBe('flat');
    expect(
      growthOf(
        points((minute) => 100 - 3 * minute),
        1,
      ),
    ).toMatchObject({ verdict: 'falls', perMinute: -3 });
    expect(growthOf([], 1).verdict).toBe('flat');
  });
});
