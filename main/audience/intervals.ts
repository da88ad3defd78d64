import type { Change, Figure, Interval } from '../../contract/insights.ts';

/** 97.5th percentile of the normal distribution: two-sided 95 %. */
export const z95 = 1.959964;

/**
 * 95 % interval of a share. Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * JASA 22, 1927.
 *
 * @returns null where `of` is 0
 */
export function wilson(hits: number, of: number): Interval | null {
  if (of <= 0) return null;
  const share = hits / of;
  const z2 = z95 * z95;
  const centre = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (z95 * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))) / (1 + z2 / of);
  return { low: Math.max(centre - half, 0), high: Math.min(centre + half, 1) };
}

/** A share with its interval; null where there is nobody. */
export function shareOf(hits: number, of: number): Figure {
  return { value: of > 0 ? hits / of : null, interval: wilson(hits, of) };
}

/** Whether two shares differ by more than chance explains at 95 % (two-proportion z test, pooled). */
export function sharesDiffer(a: number, ofA: number, b: number, ofB: number): boolean | null {
  if (ofA <= 0 || ofB <= 0) return null;
  const pooled = (a + b) / (ofA + ofB);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / ofA + 1 / ofB));
  return error === 0 ? false : Math.abs(a / ofA - b / ofB) / error > z95;
}

/**
 * Whether two counts differ by more than chance explains at 95 %: of two Poisson counts, `a - ratio * b` has the variance
 * `ratio * (a + b)` where both have the same rate. People who come in groups vary more, so a change near the limit is not
 * clear.
 *
 * @param ratio how long the period of `a` is, as a multiple of that of `b`
 */
export function countsDiffer(a: number, b: number, ratio = 1): boolean | null {
  return a + b === 0 ? null : Math.abs(a - ratio * b) / Math.sqrt(ratio * (a + b)) > z95;
}

/** Figures with intervals differ clearly where these do not overlap (stricter than 95 %). */
export function intervalsApart(a: Interval | null, b: Interval | null): boolean | null {
  return a === null || b === null ? null : a.low > b.high || b.low > a.high;
}

export function changeBetween(now: number | null, before: number | null, clear: boolean | null): Change {
  if (now === null || before === null) return { absolute: null, relative: null, clear: null };
  return { absolute: now - before, relative: before === 0 ? null : (now - before) / before, clear };
}
