import { type SuppressedTable, suppressHistogram, suppressTable } from './suppression.ts';

/**
 * The thresholds k for which a publication knows what to hide, from the smallest that can be set. What is hidden at one
 * of them is hidden at every larger one, so whoever has seen a table at several thresholds (on screen at 5, in an export
 * at 11) knows no more than at the smallest of them.
 */
export const thresholds: readonly number[] = [
  5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1000,
];

/** Stands for "shown at every threshold". */
export const neverHidden = 1_000_000;

/** @returns the threshold that is applied for a k that was set: the next one that is not smaller */
export function thresholdFor(smallest: number): number {
  return thresholds.find((threshold) => threshold >= smallest) ?? neverHidden - 1;
}

/** @returns for each place of a histogram the smallest threshold at which it is hidden, or `neverHidden` */
export function histogramHiding(counts: readonly number[]): readonly number[] {
  const hiddenFrom = counts.map(() => neverHidden);
  let hidden = new Set<number>();
  for (const threshold of thresholds) {
    const shown = suppressHistogram(counts, threshold, hidden).counts;
    hidden = new Set(shown.flatMap((count, index) => (count === null ? [index] : [])));
    for (const index of hidden) hiddenFrom[index] = Math.min(hiddenFrom[index] ?? neverHidden, threshold);
    if (hidden.size === counts.length) break;
  }
  return hiddenFrom;
}

export interface TableHiding {
  readonly cells: readonly (readonly number[])[];
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
}

/** The same for a table that is shown with the totals of its rows and columns. */
export function tableHiding(cells: readonly (readonly number[])[]): TableHiding {
  const columns = cells[0]?.length ?? 0;
  const from = cells.map((row) => row.map(() => neverHidden));
  const rowTotals = cells.map(() => neverHidden);
  const columnTotals = Array.from({ length: columns }, () => neverHidden);
  let last: SuppressedTable | null = null;
  for (const threshold of thresholds) {
    last = suppressTable(cells, threshold, last);
    last.cells.forEach((row, i) => {
      note(row, from[i] ?? [], threshold);
    });
    note(last.rowTotals, rowTotals, threshold);
    note(last.columnTotals, columnTotals, threshold);
  }
  return { cells: from, rowTotals, columnTotals };
}

function note(shown: readonly (number | null)[], from: number[], threshold: number): void {
  shown.forEach((count, index) => {
    if (count === null) from[index] = Math.min(from[index] ?? neverHidden, threshold);
  });
}
