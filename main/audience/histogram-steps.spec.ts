import { describe, expect, it } from 'vitest';
import { durationStep, scaleStep } from './histogram-steps.ts';
import { conversion, meanDuration } from './metrics.ts';
import { bucketStart, startOfDay } from './time-bucket.ts';

describe('steps and buckets', () => {
  it('holds the lower edge of a duration in the step it begins', () => {
    expect([0, 499.9, 500, 1999, 2000, 299_999, 300_000, 9e9].map(durationStep)).toEqual([
      0, 0, 500, 1000, 2000, 120_000, 300_000, 300_000,
    ]);
  });

  it('splits a scale into five even steps, whatever floating point makes of the edges', () => {
    expect([0, 0.19, 0.2, 0.6, 0.1 + 0.2 + 0.3, 0.79, 1, 1.01, -0.01].map(scaleStep)).toEqual([
      '0.0-0.2',
      '0.0-0.2',
      '0.2-0.4',
      '0.6-0.8',
      '0.6-0.8',
      '0.6-0.8',
      '0.8-1.0',
      '0.8-1.0',
      '0.0-0.2',
    ]);
  });

  it('begins buckets on the quarter hours', () => {
    expect(bucketStart(Date.UTC(2026, 1, 3, 4, 29, 59, 999))).toBe(Date.UTC(2026, 1, 3, 4, 15));
    expect(bucketStart(Date.UTC(2026, 1, 3, 4, 30))).toBe(Date.UTC(2026, 1, 3, 4, 30));
  });

  it('begins the day at local midnight', () => {
    const start = new Date(startOfDay(Date.now()));
    expect([start.getHours(), start.getMinutes(), start.getSeconds(), start.getMilliseconds()]).toEqual([0, 0, 0, 0]);
  });

  it('has no answer for a mean over nobody', () => {
    expect([conversion(0, 0), meanDuration(0, 0)]).toEqual([null, null]);
    expect([conversion(8, 2), meanDuration(9000, 3)]).toEqual([0.25, 3000]);
  });
});
