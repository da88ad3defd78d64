import { histogramHiding, neverHidden, tableHiding } from './hiding.ts';
import { durationEdgesMs } from './histogram-steps.ts';

/** One cell of a publication. `line` and `place` name it; total lines and places are named `*`. */
export interface PublishedCell {
  readonly kind: string;
  readonly line: string;
  readonly place: string;
  readonly amount: number;
  /** The smallest threshold at which it is hidden. */
  readonly hiddenFrom: number;
}

export const totalName = '*';
export type Counts = ReadonlyMap<string, number>;

/** A histogram whose total is known anyway (it is the people of its days). Classes of nobody are left out. */
export function publishHistogram(kind: string, counts: Counts): readonly PublishedCell[] {
  const classes = [...counts].filter(([, amount]) => amount > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const hiding = histogramHiding(classes.map(([, amount]) => amount));
  return classes.map(([line, amount], i) => ({
    kind,
    line,
    place: '',
    amount,
    hiddenFrom: hiding[i] ?? neverHidden,
  }));
}

/**
 * Attention: how many gave less than it takes to be a watcher, and how many more, is known from the totals of the days,
 * so where that limit is an edge of the histogram both sides are histograms of their own.
 */
export function publishAttention(kind: string, counts: Counts, watcherMs: number): readonly PublishedCell[] {
  const known = durationEdgesMs.some((edge) => edge === watcherMs);
  if (!known) return publishHistogram(kind, counts);
  const side = (watching: boolean) => new Map([...counts].filter(([line]) => Number(line) >= watcherMs === watching));
  return [...publishHistogram(kind, side(false)), ...publishHistogram(kind, side(true))];
}

/** A table with the totals of its lines and places. Lines and places of nobody are left out. */
export function publishTable(
  kind: string,
  counts: ReadonlyMap<string, ReadonlyMap<string, number>>,
): readonly PublishedCell[] {
  const lines = [...counts.keys()].filter((line) => total(counts.get(line)) > 0).sort();
  const places = [...new Set(lines.flatMap((line) => [...(counts.get(line)?.keys() ?? [])]))]
    .filter((place) => lines.some((line) => (counts.get(line)?.get(place) ?? 0) > 0))
    .sort();
  if (lines.length === 0) return [];
  const amounts = lines.map((line) => places.map((place) => counts.get(line)?.get(place) ?? 0));
  const hiding = tableHiding(amounts);
  const cell = (line: string, place: string, amount: number, hiddenFrom: number | undefined): PublishedCell => ({
    kind,
    line,
    place,
    amount,
    hiddenFrom: hiddenFrom ?? neverHidden,
  });
  return [
    ...lines.flatMap((line, i) =>
      places.flatMap((place, j) => {
        const amount = amounts[i]?.[j] ?? 0;
        const hiddenFrom = hiding.cells[i]?.[j];
        // A cell of nobody is written only where it has been hidden to protect another.
        return amount === 0 && hiddenFrom === neverHidden ? [] : [cell(line, place, amount, hiddenFrom)];
      }),
    ),
    ...lines.map((line, i) => cell(line, totalName, sum(amounts[i] ?? []), hiding.rowTotals[i])),
    ...places.map((place, j) => cell(totalName, place, sum(amounts.map((row) => row[j] ?? 0)), hiding.columnTotals[j])),
  ];
}

function total(line: ReadonlyMap<string, number> | undefined): number {
  return sum([...(line?.values() ?? [])]);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}
