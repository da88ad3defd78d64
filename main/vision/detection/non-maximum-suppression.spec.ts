import { describe, expect, it } from 'vitest';
import { NonMaximumSuppression } from './non-maximum-suppression.ts';

describe('NonMaximumSuppression', () => {
  it('refuses a box that overlaps a kept one by more than the limit, and only such', () => {
    const suppression = new NonMaximumSuppression(10);
    suppression.begin(0.4, 10);
    expect(suppression.offer(0, 0, 10, 10)).toBe(true);
    // Shifted by 4: 60 / 140 = .43; by 5: 50 / 150 = .33.
    expect(suppression.offer(4, 0, 10, 10)).toBe(false);
    expect(suppression.offer(5, 0, 10, 10)).toBe(true);
    expect(suppression.offer(100, 100, 10, 10)).toBe(true);
  });

  it('keeps no more than it is told to, and forgets everything on a new beginning', () => {
    const suppression = new NonMaximumSuppression(2);
    suppression.begin(0.4, 5);
    expect([0, 20, 40].map((x) => suppression.offer(x, 0, 10, 10))).toEqual([true, true, false]);
    expect(suppression.full).toBe(true);
    suppression.begin(0.4, 1);
    expect(suppression.full).toBe(false);
    expect(suppression.offer(0, 0, 10, 10)).toBe(true);
    expect(suppression.full).toBe(true);
  });
});
