import { describe, expect, it } from 'vitest';
import { KalmanFilter } from './kalman-filter.ts';

describe('KalmanFilter', () => {
  it('learns the velocity from observations at uneven times and predicts with it', () => {
    const filter = new KalmanFilter(10, 0.5, 100);
    let time = 0;
    for (const step of [0.03, 0.05, 0.1, 0.02, 0.04, 0.06, 0.03, 0.1]) {
      time += step;
      filter.predict(step, 5, Number.POSITIVE_INFINITY);
      filter.update(10 + 40 * time, 0.5);
    }
    expect(filter.velocity).toBeCloseTo(40, 0);
    filter.predict(0.5, 5, Number.POSITIVE_INFINITY);
    expect(filter.value).toBeCloseTo(10 + 40 * (time + 0.5), 0);
  });

  it('steadies a noisy value that stands still', () => {
    const filter = new KalmanFilter(100, 1, 10);
    let largest = 0;
    for (let i = 1; i <= 200; i++) {
      filter.predict(1 / 30, 1, Number.POSITIVE_INFINITY);
      filter.update(100 + (i % 2 === 0 ? 1 : -1), 1);
      if (i > 50) largest = Math.max(largest, Math.abs(filter.value - 100));
    }
    expect(largest).toBeLessThan(0.15);
  });

  it('grows unsure while it is only predicted, and gives the velocity up as told', () => {
    const filter = new KalmanFilter(0, 1, 10);
    filter.velocity = 10;
    const before = filter.variance;
    filter.predict(30, 1, 2);
    expect(filter.variance).toBeGreaterThan(before);
    expect(filter.value).toBeCloseTo(20, 3);
    expect(filter.velocity).toBeCloseTo(0, 3);
  });

  it('predicts the same in one step as in many', () => {
    const once = new KalmanFilter(0, 1, 3);
    once.velocity = 7;
    const often = once.copy();
    once.predict(1, 2, Number.POSITIVE_INFINITY);
    for (let i = 0; i < 10; i++) often.predict(0.1, 2, Number.POSITIVE_INFINITY);
    expect(often.value).toBeCloseTo(once.value, 9);
    expect(often.variance).toBeCloseTo(once.variance, 9);
  });

  it('says how well an observation fits', () => {
    const filter = new KalmanFilter(0, 1, 0);
    expect(filter.copy().update(0, 1)).toBe(0);
    expect(filter.copy().update(6, 1)).toBeCloseTo(18, 6);
  });
});
