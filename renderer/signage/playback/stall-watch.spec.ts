import { expect, it } from 'vitest';
import { StallWatch, stalledAfterMs } from './stall-watch.ts';

it('tells a film that stands still from one that moves or begins again', () => {
  const watch = new StallWatch();
  expect(watch.observe(1_000, 0)).toBe(false);
  expect(watch.observe(1_000, stalledAfterMs - 1)).toBe(false);
  expect(watch.observe(0, stalledAfterMs)).toBe(false);
  expect(watch.observe(0, 2 * stalledAfterMs - 1)).toBe(false);
  expect(watch.observe(0, 2 * stalledAfterMs)).toBe(true);
  watch.reset();
  expect(watch.observe(0, 2 * stalledAfterMs)).toBe(false);
  expect(watch.observe(null, 9 * stalledAfterMs)).toBe(false);
});
