import { describe, expect, it } from 'vitest';
import type { Turn } from './picture-turn.ts';
import { combine, filtersOf, turnOfDisplayMatrix } from './picture-turn.ts';

const turns: Turn[] = [0, 90, 180, 270].flatMap((rotate) => [
  { rotate: rotate as Turn['rotate'], mirror: false },
  { rotate: rotate as Turn['rotate'], mirror: true },
]);

/** Where a point relative to the centre goes; y points down, so clockwise is (x, y) -> (-y, x). */
function move([x, y]: readonly [number, number], { rotate, mirror }: Turn): readonly [number, number] {
  let point: readonly [number, number] = [x, y];
  for (let quarter = 0; quarter < rotate / 90; quarter++) point = [-point[1], point[0]];
  return [mirror ? -point[0] : point[0], point[1]];
}

describe('combine', () => {
  it('does first the one turn and then the other, for all pairs', () => {
    for (const first of turns) {
      for (const second of turns) {
        const [x, y] = move([1, 2], combine(first, second));
        const [ex, ey] = move(move([1, 2], first), second);
        expect([x + 0, y + 0]).toEqual([ex + 0, ey + 0]);
      }
    }
  });
});

describe('filtersOf', () => {
  it('does nothing where nothing is to be done', () => {
    expect(filtersOf({ rotate: 0, mirror: false })).toBeNull();
  });

  it('gives each turn filters of its own', () => {
    expect(new Set(turns.map(filtersOf)).size).toBe(8);
  });
});

describe('turnOfDisplayMatrix', () => {
  it('reads the matrix of a telephone video held upright', () => {
    const matrix = new Uint8Array(36);
    const view = new DataView(matrix.buffer);
    view.setInt32(4, 65536, true);
    view.setInt32(12, -65536, true);
    view.setInt32(32, 1 << 30, true);
    expect(turnOfDisplayMatrix(matrix)).toEqual({ rotate: 90, mirror: false });
  });

  it('leaves pictures alone whose matrix is missing, cut off or slanted', () => {
    const none = { rotate: 0, mirror: false };
    expect(turnOfDisplayMatrix(null)).toEqual(none);
    expect(turnOfDisplayMatrix(new Uint8Array(8))).toEqual(none);
    expect(turnOfDisplayMatrix(new Uint8Array(36).fill(1))).toEqual(none);
  });
});
