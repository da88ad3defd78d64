import { describe, expect, it } from 'vitest';
import { closestMode } from './cameras.ts';

const modes = [
  { width: 1920, height: 1080, framesPerSecond: 30 },
  { width: 1920, height: 1080, framesPerSecond: 5 },
  { width: 1280, height: 720, framesPerSecond: 30 },
  { width: 1280, height: 720, framesPerSecond: 10 },
  { width: 640, height: 480, framesPerSecond: 30 },
];

describe('closestMode', () => {
  it('takes 720p at 30 frames a second where nothing is wanted', () => {
    expect(closestMode(modes, {})).toEqual(modes[2]);
  });

  it('takes the size that is wanted, at the best rate', () => {
    expect(closestMode(modes, { width: 1920, height: 1080 })).toEqual(modes[0]);
    expect(closestMode(modes, { width: 640, height: 480 })).toEqual(modes[4]);
  });

  it('takes the nearest size of a camera that cannot do the wanted one', () => {
    expect(closestMode(modes, { width: 3840, height: 2160 })).toEqual(modes[0]);
    expect(closestMode(modes.slice(4), {})).toEqual(modes[4]);
  });

  it('leaves the choice to a camera that names no modes', () => {
    expect(closestMode([], {})).toBeNull();
  });
});
