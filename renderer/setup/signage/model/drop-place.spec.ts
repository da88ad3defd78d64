import { expect, it } from 'vitest';
import { dropPlace, lineIndex } from './drop-place.ts';

const rows = [10, 30, 50, 70];

it.each([
  [0, 5, 0],
  [0, 29, 0],
  [0, 31, 1],
  [0, 200, 3],
  [3, 69, 3],
  [3, 49, 2],
  [3, -20, 0],
  [1, 30, 1],
])('a row from place %i that is let go at %i goes to place %i', (from, y, to) => {
  expect(dropPlace(rows, from, y)).toBe(to);
});

it('draws the line where the row would come in', () => {
  expect([lineIndex(0, 2), lineIndex(3, 1), lineIndex(2, 2)]).toEqual([3, 1, 2]);
});
