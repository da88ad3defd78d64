import { describe, expect, it } from 'vitest';
import { correctShares } from './correction.ts';
import { mean, median, quantile } from './durations.ts';
import { changeBetween, countsDiffer, intervalsApart, shareOf, sharesDiffer, wilson } from './intervals.ts';

describe('the interval of a share', () => {
  it("is Wilson's", () => {
    // Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
    expect(wilson(81, 263)?.low).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263)?.high).toBeCloseTo(0.3662, 4);
    expect(wilson(15, 148)?.low).toBeCloseTo(0.0624, 4);
    expect(wilson(0, 20)).toMatchObject({ low: 0 });
    expect(wilson(0, 20)?.high).toBeCloseTo(0.1611, 4);
    expect(wilson(29, 29)?.low).toBeCloseTo(0.883, 4);
    expect(shareOf(0, 0)).toEqual({ value: null, interval: null });
  });
});

describe('a change', () => {
  it('is clear only where chance does not explain it', () => {
    expect(sharesDiffer(30, 100, 35, 100)).toBe(false);
    expect(sharesDiffer(300, 1000, 350, 1000)).toBe(true);
    expect(sharesDiffer(1, 0, 1, 2)).toBeNull();
    expect([countsDiffer(100, 110), countsDiffer(1000, 1100), countsDiffer(0, 0)]).toEqual([false, true, null]);
    expect(intervalsApart({ low: 1, high: 2 }, { low: 2.1, high: 3 })).toBe(true);
    expect(intervalsApart({ low: 1, high: 2 }, { low: 1.9, high: 3 })).toBe(false);
  });

  it('has no relative size from nothing', () => {
    expect(changeBetween(5, 0, true)).toEqual({ absolute: 5, relative: null, clear: true });
    expect(changeBetween(6, 4, false)).toEqual({ absolute: 2, relative: 0.5, clear: false });
    expect(changeBetween(null, 4, true)).toEqual({ absolute: null, relative: null, clear: null });
  });
});

describe('durations of a histogram', () => {
  const steps = [
    { fromMs: 0, toMs: 500, count: 10 },
    { fromMs: 500, toMs: 1000, count: 20 },
    { fromMs: 1000, toMs: 2000, count: 10 },
    { fromMs: 2000, toMs: null, count: 0 },
  ];

  it('interpolate within a step', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(steps, share))).toEqual([0, 500, 750, 1000, 2000]);
    expect(quantile([], 0.5)).toBeNull();
  });

  it('have a median with the interval of its rank, and a mean with that of its spread', () => {
    const { value, interval } = median(steps);
    expect(value).toBe(750);
    // Ranks 20 -+ 6.2 of 40.
    expect(interval?.low).toBeCloseTo(750 - (6.198 / 20) * 500, 0);
    expect(interval?.high).toBeCloseTo(750 + (6.198 / 20) * 500, 0);
    const average = mean(40 * 800, 40, steps);
    expect(average.value).toBe(800);
    expect(average.interval?.low).toBeGreaterThan(600);
    expect(average.interval?.high).toBeLessThan(1000);
    expect(mean(0, 0, steps)).toEqual({ value: null, interval: null });
  });
});

describe('shares corrected by known errors', () => {
  const binary = {
    classes: ['female', 'male'],
    named: [
      [90, 10],
      [20, 80],
    ],
  };

  it('are those of Rogan and Gladen for two classes', () => {
    // True 40 % women: 0.4 x 0.9 + 0.6 x 0.2 = 48 % are named so.
    const shares = correctShares([480, 520], binary);
    expect(shares?.[0]?.value).toBeCloseTo(0.4, 6);
    expect(shares?.[1]?.value).toBeCloseTo(0.6, 6);
    // Rogan and Gladen's variance, that of the test set included.
    const half = 1.96 * Math.sqrt((0.48 * 0.52) / 1000 / 0.49 + (0.16 * 0.09 + 0.36 * 0.16) / 100 / 0.49);
    expect(shares?.[0]?.interval?.low).toBeCloseTo(0.4 - half, 3);
    expect(shares?.[0]?.interval?.high).toBeCloseTo(0.4 + half, 3);
  });

  it('stay shares where the errors explain more than was seen', () => {
    expect(correctShares([100, 900], binary)?.map(({ value }) => value)).toEqual([0, 1]);
  });

  it('solve three classes, and refuse a network that cannot tell them apart', () => {
    const named = [
      [90, 5, 5],
      [10, 80, 10],
      [0, 10, 90],
    ];
    const truth = [0.5, 0.3, 0.2];
    const seen = [0, 1, 2].map(
      (name) => 1000 * truth.reduce((sum, q, t) => sum + (q * (named[t]?.[name] ?? 0)) / 100, 0),
    );
    const shares = correctShares(seen, { classes: ['a', 'b', 'c'], named });
    truth.forEach((share, i) => {
      expect(shares?.[i]?.value).toBeCloseTo(share, 4);
    });
    expect(
      correctShares([10, 10], {
        classes: ['a', 'b'],
        named: [
          [50, 50],
          [50, 50],
        ],
      }),
    ).toBeNull();
  });
});
