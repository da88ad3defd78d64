import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../tests/support/simulated-faces.ts';
import { type ShownCount, suppressCount, suppressHistogram, suppressTable } from './suppression.ts';

describe('suppressCount', () => {
  it('hides small groups and no others', () => {
    expect([0, 1, 4, 5, 100].map((count) => suppressCount(count, 5))).toEqual([0, null, null, 5, 100]);
  });
});

describe('suppressHistogram', () => {
  it('leaves alone what has no small cell', () => {
    expect(suppressHistogram([5, 0, 20], 5)).toEqual({ counts: [5, 0, 20], total: 25 });
  });

  it('hides a second cell with a single small one, which the total would give away', () => {
    expect(suppressHistogram([30, 2, 12, 0], 5)).toEqual({ counts: [30, null, null, 0], total: 44 });
  });

  it('hides more where the small cells together are still a small group', () => {
    expect(suppressHistogram([30, 2, 1, 12], 5)).toEqual({ counts: [30, null, null, null], total: 45 });
    expect(suppressHistogram([30, 4, 3, 12], 5)).toEqual({ counts: [30, null, null, 12], total: 49 });
  });

  it('hides the total where it is small itself', () => {
    expect(suppressHistogram([3, 0, 1], 5)).toEqual({ counts: [null, 0, null], total: null });
    expect(suppressHistogram([], 5)).toEqual({ counts: [], total: 0 });
  });
});

/**
 * What an attacker can work out: Gaussian elimination over the equations "parts - total = 0" of all rows and columns, in
 * the hidden places. A place is found out where it alone remains in an equation.
 */
function foundOut(cells: readonly (readonly number[])[], smallest: number): boolean {
  const table = suppressTable(cells, smallest);
  const shown: (readonly ShownCount[])[] = [
    ...table.cells.map((row, i) => [...row, table.rowTotals[i] ?? null]),
    [...table.columnTotals, table.total],
  ];
  const unknown = new Map<string, number>();
  shown.forEach((row, i) => {
    row.forEach((value, j) => {
      if (value === null) unknown.set(`${i},${j}`, unknown.size);
    });
  });
  const width = shown[0]?.length ?? 0;
  const lines = [
    ...shown.map((_, i) => Array.from({ length: width }, (_, j) => `${i},${j}`)),
    ...Array.from({ length: width }, (_, j) => shown.map((_, i) => `${i},${j}`)),
  ];
  const equations = lines.map((line) => {
    const row = new Array<number>(unknown.size).fill(0);
    line.forEach((key, k) => {
      const at = unknown.get(key);
      if (at !== undefined) row[at] = k === line.length - 1 ? -1 : 1;
    });
    return row;
  });
  let rank = 0;
  for (let column = 0; column < unknown.size; column++) {
    const pivot = equations.findIndex((row, i) => i >= rank && Math.abs(row[column] ?? 0) > 1e-9);
    if (pivot < 0) continue;
    const chosen = equations[pivot] as number[];
    equations[pivot] = equations[rank] as number[];
    equations[rank] = chosen;
    const lead = chosen[column] as number;
    for (let i = 0; i < chosen.length; i++) chosen[i] = (chosen[i] as number) / lead;
    for (const row of equations) {
      if (row === chosen) continue;
      const factor = row[column] ?? 0;
      for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) - factor * (chosen[i] as number);
    }
    rank++;
  }
  return equations.some((row) => row.filter((value) => Math.abs(value) > 1e-9).length === 1);
}

describe('suppressTable', () => {
  it('hides a small cell so that neither its row nor its column gives it away', () => {
    const { cells, rowTotals, columnTotals, total } = suppressTable(
      [
        [20, 3, 30],
        [25, 40, 35],
        [22, 50, 31],
      ],
      5,
    );
    expect(cells[0]?.[1]).toBeNull();
    expect(cells.flat().filter((cell) => cell === null)).toHaveLength(4);
    expect([rowTotals, columnTotals, total]).toEqual([[53, 100, 103], [67, 93, 96], 256]);
  });

  it('leaves alone what has no small cell', () => {
    const cells = [
      [5, 0],
      [9, 12],
    ];
    expect(suppressTable(cells, 5)).toEqual({ cells, rowTotals: [5, 21], columnTotals: [14, 12], total: 26 });
  });

  it('hides small totals as well, and everything of a small table', () => {
    const { cells, rowTotals, columnTotals, total } = suppressTable(
      [
        [1, 0],
        [1, 1],
      ],
      5,
    );
    expect([cells.flat().filter((cell) => cell !== 0), rowTotals, columnTotals, total]).toEqual([
      [null, null, null],
      [null, null],
      [null, null],
      null,
    ]);
  });

  it('lets no hidden place be worked out, nor a small group, in a thousand tables', () => {
    const random = seededRandom(12);
    for (let round = 0; round < 1000; round++) {
      const rows = 1 + Math.floor(random() * 5);
      const columns = 1 + Math.floor(random() * 4);
      const cells = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => (random() < 0.3 ? 0 : Math.floor(random() ** 2 * 30))),
      );
      expect(foundOut(cells, 5), JSON.stringify(cells)).toBe(false);
      const table = suppressTable(cells, 5);
      const smallShown = [...table.cells.flat(), ...table.rowTotals, ...table.columnTotals, table.total].filter(
        (count) => count !== null && count > 0 && count < 5,
      );
      expect(smallShown).toEqual([]);
      table.cells.forEach((row, i) => {
        const rest = cells[i]?.reduce((sum, count, j) => sum + (row[j] === null ? count : 0), 0) ?? 0;
        if (row.includes(null) && table.rowTotals[i] !== null)
          expect(rest, JSON.stringify(cells)).toBeGreaterThanOrEqual(5);
      });
    }
  });
});
