import { describe, expect, it } from 'vitest';
import { assign } from './assignment.ts';

const never = Number.POSITIVE_INFINITY;
const everyone = (rows: number, alone: number) => new Float64Array(rows).fill(alone);

function totalOf(costs: Float64Array, columns: number, alone: number, chosen: readonly number[]): number {
  return chosen.reduce((sum, column, row) => sum + (column < 0 ? alone : (costs[row * columns + column] as number)), 0);
}

/** The least total over all pairings, by trying them all. */
function leastTotal(costs: Float64Array, rows: number, columns: number, alone: number): number {
  const search = (row: number, taken: ReadonlySet<number>): number => {
    if (row === rows) return 0;
    let best = alone + search(row + 1, taken);
    for (let column = 0; column < columns; column++) {
      if (taken.has(column)) continue;
      best = Math.min(best, (costs[row * columns + column] as number) + search(row + 1, new Set([...taken, column])));
    }
    return best;
  };
  return search(0, new Set());
}

describe('assign', () => {
  it('prefers the least total to the best single pair', () => {
    expect([...assign(Float64Array.of(1, 2, 2, 9), 2, 2, everyone(2, 100))]).toEqual([1, 0]);
  });

  it('leaves a row alone where no pair is worth it or none is allowed', () => {
    expect([...assign(Float64Array.of(5, never, never, 1), 2, 2, everyone(2, 4))]).toEqual([-1, 1]);
    expect([...assign(new Float64Array(0), 2, 0, everyone(2, 4))]).toEqual([-1, -1]);
    expect([...assign(new Float64Array(0), 0, 3, everyone(0, 4))]).toEqual([]);
  });

  it('weighs each row by its own price of staying alone', () => {
    expect([...assign(Float64Array.of(5, 5), 2, 1, Float64Array.of(6, 9))]).toEqual([-1, 0]);
    expect([...assign(Float64Array.of(5, 5), 2, 1, Float64Array.of(9, 6))]).toEqual([0, -1]);
  });

  it('finds the least total of small problems of every shape', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    for (let round = 0; round < 300; round++) {
      const rows = 1 + Math.floor(random() * 4);
      const columns = 1 + Math.floor(random() * 4);
      const costs = Float64Array.from({ length: rows * columns }, () =>
        random() < 0.2 ? never : Math.round(random() * 20),
      );
      const chosen = [...assign(costs, rows, columns, everyone(rows, 8))];
      const taken = chosen.filter((column) => column >= 0);
      expect(new Set(taken).size).toBe(taken.length);
      expect(totalOf(costs, columns, 8, chosen)).toBeCloseTo(leastTotal(costs, rows, columns, 8), 9);
    }
  });
});
