import type { Figure, Interval } from '../../contract/insights.ts';
import { z95 } from './intervals.ts';

export interface Step {
  readonly fromMs: number;
  /** Null = open at the end. */
  readonly toMs: number | null;
  readonly count: number;
}

/** How far an open last step is taken to reach, as a multiple of its lower edge. */
const openStepReach = 2;

/**
 * The duration below which a share of the people lies, ms: straight lines within a step (people are taken to be spread
 * evenly in it).
 *
 * @param share 0..1
 */
export function quantile(steps: readonly Step[], share: number): number | null {
  const total = steps.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  let below = 0;
  for (const { fromMs, toMs, count } of steps) {
    if (count > 0 && below + count >= share * total) {
      const width = (toMs ?? fromMs * openStepReach) - fromMs;
      return fromMs + (width * Math.max(share * total - below, 0)) / count;
    }
    below += count;
  }
  return null;
}

/** The median, with the 95 % interval of its order statistic (ranks n/2 -+ 1.96 sqrt(n)/2). */
export function median(steps: readonly Step[]): Figure {
  const total = steps.reduce((sum, { count }) => sum + count, 0);
  const value = quantile(steps, 0.5);
  if (value === null) return { value: null, interval: null };
  const half = z95 / (2 * Math.sqrt(total));
  const low = quantile(steps, Math.max(0.5 - half, 0));
  const high = quantile(steps, Math.min(0.5 + half, 1));
  return { value, interval: low === null || high === null ? null : { low, high } };
}

/**
 * A mean from its exact sum, with a 95 % interval whose spread is that of the histogram (middle of each step, plus the
 * spread within it).
 *
 * @param sumMs ms, over `people`
 */
export function mean(sumMs: number, people: number, steps: readonly Step[] | null): Figure {
  if (people === 0) return { value: null, interval: null };
  const value = sumMs / people;
  return { value, interval: steps === null ? null : meanInterval(value, steps) };
}

function meanInterval(value: number, steps: readonly Step[]): Interval | null {
  const total = steps.reduce((sum, { count }) => sum + count, 0);
  if (total < 2) return null;
  const squares = steps.reduce((sum, { fromMs, toMs, count }) => {
    const end = toMs ?? fromMs * openStepReach;
    const middle = (fromMs + end) / 2;
    return sum + count * ((middle - value) ** 2 + (end - fromMs) ** 2 / 12);
  }, 0);
  const half = z95 * Math.sqrt(squares / (total - 1) / total);
  return { low: Math.max(value - half, 0), high: value + half };
}
