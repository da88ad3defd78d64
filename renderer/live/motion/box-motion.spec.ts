import { describe, expect, it } from 'vitest';
import { BoxMotion } from './box-motion.ts';

const box = (x: number, y = 100) => ({ x, y, width: 80, height: 100 });

describe('BoxMotion', () => {
  it('keeps a standing box where it is', () => {
    const motion = new BoxMotion(box(10), 0, 0);
    for (let time = 33; time < 500; time += 33) motion.observe(box(10), time, time);
    expect(motion.at(510)).toEqual(box(10));
  });

  it('runs ahead with a steady movement between two measurements', () => {
    const motion = new BoxMotion(box(0), 0, 0);
    for (let step = 1; step <= 30; step += 1) motion.observe(box(step * 4), step * 33, step * 33);
    const halfway = motion.at(30 * 33 + 16.5);
    expect(halfway.x).toBeGreaterThan(120);
    expect(halfway.x).toBeCloseTo(122, 0);
  });

  it('does not jump when a measurement arrives', () => {
    const motion = new BoxMotion(box(0), 0, 0);
    motion.observe(box(6), 33, 33);
    const before = motion.at(66);
    motion.observe({ x: 30, y: 110, width: 90, height: 112 }, 66, 66);
    const after = motion.at(66);
    expect(after.x).toBeCloseTo(before.x, 6);
    expect(after.y).toBeCloseTo(before.y, 6);
    expect(after.width).toBeCloseTo(before.width, 6);
  });

  it('arrives at the measurement when nothing new comes', () => {
    const motion = new BoxMotion(box(0), 0, 0);
    motion.observe(box(20), 33, 33);
    const late = motion.at(2000);
    const stillLater = motion.at(9000);
    expect(late.x).toBeCloseTo(stillLater.x, 3);
    expect(Math.abs(stillLater.x - 20)).toBeLessThan(40);
  });

  it('is carried on for a bounded time only', () => {
    const motion = new BoxMotion(box(0), 0, 0);
    for (let step = 1; step <= 10; step += 1) motion.observe(box(step * 10), step * 33, step * 33);
    expect(motion.at(60_000).x).toBeLessThan(100 + 10 * 5);
  });

  it('moves at once, without gliding, when the box is somewhere else altogether', () => {
    const motion = new BoxMotion(box(0), 0, 0);
    motion.observe(box(600), 33, 33);
    expect(motion.at(33)).toEqual(box(600));
  });

  it('shows a measurement at once where nothing is drawn in between', () => {
    const motion = new BoxMotion(box(0), 0, 0);
    motion.observe(box(40), 500, 500, false);
    expect(motion.at(500)).toEqual(box(40));
  });

  it('survives two measurements of one moment', () => {
    const motion = new BoxMotion(box(0), 100, 100);
    motion.observe(box(5), 100, 110);
    expect(Number.isFinite(motion.at(130).x)).toBe(true);
  });
});
