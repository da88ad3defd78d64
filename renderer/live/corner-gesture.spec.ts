import { describe, expect, it } from 'vitest';
import { CornerGesture } from './corner-gesture.ts';

const width = 1080;
const corner = [1070, 10, width] as const;

describe('CornerGesture', () => {
  it('opens after five quick taps in the corner, not after four', () => {
    const gesture = new CornerGesture();
    const opened = [0, 300, 600, 900, 1200].map((time) => {
      const done = gesture.press(...corner, time);
      gesture.release();
      return done;
    });
    expect(opened).toEqual([false, false, false, false, true]);
  });

  it('does not count taps that lie too far apart', () => {
    const gesture = new CornerGesture();
    const opened = [0, 1000, 2000, 3500, 5000, 6500].map((time) => gesture.press(...corner, time));
    expect(opened).not.toContain(true);
  });

  it('begins again after a tap elsewhere', () => {
    const gesture = new CornerGesture();
    for (const time of [0, 100, 200, 300]) gesture.press(...corner, time);
    expect(gesture.press(400, 800, width, 350)).toBe(false);
    expect(gesture.press(...corner, 400)).toBe(false);
  });

  it('opens when the corner is held', () => {
    const gesture = new CornerGesture();
    gesture.press(...corner, 0);
    expect(gesture.held(1000)).toBe(false);
    expect(gesture.held(2600)).toBe(true);
    expect(gesture.held(2700)).toBe(false);
  });

  it('does not open when the finger left or was lifted', () => {
    const gesture = new CornerGesture();
    gesture.press(...corner, 0);
    gesture.move(500, 500, width);
    expect(gesture.held(5000)).toBe(false);
    gesture.press(...corner, 6000);
    gesture.release();
    expect(gesture.held(12_000)).toBe(false);
  });
});
