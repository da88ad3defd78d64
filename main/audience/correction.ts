import type { Figure } from '../../contract/insights.ts';
import { z95 } from './intervals.ts';

/** How often the network names each class, by what is true: `named[truth][name]` faces of a test set. */
export interface Confusion {
  readonly classes: readonly string[];
  readonly named: readonly (readonly number[])[];
}

/**
 * Shares of the classes corrected by the network's known errors. What is observed is p = C' q, with q the true shares and C
 * the rows of the confusion, each divided by its sum; so q is the point of the simplex (no share negative, sum 1) with the
 * least |C' q - p|^2. For two classes this is the estimator of Rogan and Gladen ("Estimating prevalence from the results of
 * a screening test", Am. J. Epidemiol. 107, 1978), cut off at 0 and 1.
 *
 * The interval takes in both the sample observed and the size of the test set: standard errors by the delta method through
 * the inverse of C'.
 *
 * @param counts observed, by class of the confusion, in its order
 * @returns one figure per class; null where the network tells the classes apart too badly for a correction
 */
export function correctShares(counts: readonly number[], { named }: Confusion): readonly Figure[] | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const size = counts.length;
  if (total === 0 || size !== named.length) return null;
  const rows = named.map((row) => row.reduce((sum, n) => sum + n, 0));
  if (rows.some((sum) => sum === 0)) return null;
  // forward[name][truth]: chance of the name given the truth.
  const forward = counts.map((_, name) => named.map((row, truth) => (row[name] ?? 0) / (rows[truth] ?? 1)));
  const inverse = invert(forward);
  if (inverse === null) return null;
  const observed = counts.map((count) => count / total);
  const shares = leastSquaresOnSimplex(forward, observed);
  return shares.map((value, k) => {
    const weights = inverse[k] ?? [];
    const ofSample = variance(weights, observed) / total;
    const ofTest = shares.reduce((sum, share, truth) => {
      const chances = forward.map((row) => row[truth] ?? 0);
      return sum + (share * share * variance(weights, chances)) / (rows[truth] ?? 1);
    }, 0);
    const half = z95 * Math.sqrt(ofSample + ofTest);
    return { value, interval: { low: Math.max(value - half, 0), high: Math.min(value + half, 1) } };
  });
}

/** Variance of a weight drawn with the given chances. */
function variance(weights: readonly number[], chances: readonly number[]): number {
  const mean = weights.reduce((sum, weight, i) => sum + weight * (chances[i] ?? 0), 0);
  return weights.reduce((sum, weight, i) => sum + (chances[i] ?? 0) * (weight - mean) ** 2, 0);
}

/** Projected gradient descent: convex and of a handful of unknowns, so it is there in some hundred steps. */
function leastSquaresOnSimplex(
  forward: readonly (readonly number[])[],
  observed: readonly number[],
): readonly number[] {
  let shares: readonly number[] = observed;
  const step = 1 / forward.flat().reduce((sum, value) => sum + value * value, 0);
  for (let turn = 0; turn < 5000; turn++) {
    const misses = forward.map(
      (row, i) => row.reduce((sum, value, j) => sum + value * (shares[j] ?? 0), 0) - (observed[i] ?? 0),
    );
    const next = ontoSimplex(
      shares.map(
        (share, j) => share - step * forward.reduce((sum, row, i) => sum + (row[j] ?? 0) * (misses[i] ?? 0), 0),
      ),
    );
    const moved = Math.max(...next.map((share, j) => Math.abs(share - (shares[j] ?? 0))));
    shares = next;
    if (moved < 1e-10) break;
  }
  return shares;
}

/** The nearest point without negative shares and with sum 1 (Duchi et al., ICML 2008). */
function ontoSimplex(point: readonly number[]): readonly number[] {
  const sorted = [...point].sort((a, b) => b - a);
  let sum = 0;
  let shift = 0;
  sorted.forEach((value, i) => {
    sum += value;
    if (value - (sum - 1) / (i + 1) > 0) shift = (sum - 1) / (i + 1);
  });
  return point.map((value) => Math.max(value - shift, 0));
}

/** Gauss and Jordan; null where the matrix is too near to a singular one. */
function invert(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] | null {
  const size = matrix.length;
  const work = matrix.map((row, i) => [...row, ...matrix.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < size; column++) {
    const pivot = work
      .slice(column)
      .reduce(
        (best, row, i) => (Math.abs(row[column] ?? 0) > Math.abs(work[best]?.[column] ?? 0) ? column + i : best),
        column,
      );
    const chosen = work[pivot];
    if (chosen === undefined || Math.abs(chosen[column] ?? 0) < 0.05) return null;
    work[pivot] = work[column] as number[];
    const lead = chosen[column] ?? 1;
    work[column] = chosen.map((value) => value / lead);
    work.forEach((row, i) => {
      if (i === column) return;
      const factor = row[column] ?? 0;
      work[i] = row.map((value, j) => value - factor * (work[column]?.[j] ?? 0));
    });
  }
  return work.map((row) => row.slice(size));
}
