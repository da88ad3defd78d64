import { describe, expect, it } from 'vitest';
import { dragged, handleAt, moved, resized, smallestSide, spanning } from './region-editing.ts';

const area = { x: 0.2, y: 0.3, width: 0.4, height: 0.4 };
const reach = { x: 0.02, y: 0.02 };

describe('handleAt', () => {
  it.each([
    [{ x: 0.2, y: 0.3 }, 'nw'],
    [{ x: 0.6, y: 0.7 }, 'se'],
    [{ x: 0.4, y: 0.31 }, 'n'],
    [{ x: 0.61, y: 0.5 }, 'e'],
    [{ x: 0.4, y: 0.5 }, 'move'],
    [{ x: 0.9, y: 0.9 }, 'new'],
  ] as const)('at %j is %s', (point, handle) => {
    expect(handleAt(area, point, reach)).toBe(handle);
  });

  it('begins a new area where there is none', () => {
    expect(handleAt(null, { x: 0.5, y: 0.5 }, reach)).toBe('new');
  });
});

describe('dragged', () => {
  it('draws a new area in any direction', () => {
    expect(dragged(null, 'new', { x: 0.8, y: 0.7 }, { x: 0.3, y: 0.2 })).toEqual({
      x: 0.3,
      y: 0.2,
      width: 0.5,
      height: 0.5,
    });
  });

  it('moves one edge only', () => {
    expect(dragged(area, 'e', { x: 0.6, y: 0.5 }, { x: 0.7, y: 0.9 })).toEqual({ ...area, width: 0.5 });
  });

  it('turns over when an edge is pulled past the opposite one', () => {
    expect(dragged(area, 'w', { x: 0.2, y: 0.5 }, { x: 0.8, y: 0.5 })).toEqual({
      x: 0.6,
      y: 0.3,
      width: 0.2,
      height: 0.4,
    });
  });

  it('stops at the edge of the picture', () => {
    expect(dragged(area, 'move', { x: 0.4, y: 0.5 }, { x: 2, y: -2 })).toEqual({ ...area, x: 0.6, y: 0 });
    expect(dragged(area, 'se', { x: 0.6, y: 0.7 }, { x: 5, y: 5 })).toEqual({ ...area, width: 0.8, height: 0.7 });
  });
});

describe('moved and resized', () => {
  it('keep the area inside the picture', () => {
    expect(moved(area, -1, 0.1)).toEqual({ ...area, x: 0, y: 0.4 });
    expect(resized(area, 2, -2)).toEqual({ ...area, width: 0.8, height: smallestSide });
  });

  it('begin with the whole picture where no area has been drawn', () => {
    expect(resized(null, -0.1, 0)).toEqual({ x: 0, y: 0, width: 0.9, height: 1 });
  });
});

describe('spanning', () => {
  it('never gets smaller than the settings allow, also in a corner', () => {
    const box = spanning({ x: 1, y: 1 }, { x: 1, y: 1 });
    expect(box).toEqual({ x: 0.95, y: 0.95, width: smallestSide, height: smallestSide });
  });
});
