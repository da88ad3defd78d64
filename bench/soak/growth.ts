/** One look at a figure that should not grow. */
export interface Point {
  readonly minute: number;
  readonly value: number;
}

export interface Growth {
  /** Change a minute: the median of the slopes between all pairs of points, which a few odd points do not move. */
  readonly perMinute: number;
  readonly verdict: 'grows' | 'falls' | 'flat';
}

/** Points that follow one another are not independent, so chance is given more room than the usual 5 %. */
const clearlyOrdered = 2.58;

/**
 * Whether a figure still grows in the second half of a run; the first one is warming up. It grows when later points
 * are higher than earlier ones more consistently than by chance (Mann and Kendall's test) and the rise over that half
 * is worth a word. Slope: P. K. Sen, *Estimates of the regression coefficient based on Kendall's tau*, JASA 63, 1968.
 *
 * @param points in the order of their time
 * @param leastRise a rise over the half by less than this is none, in the figure's unit
 */
export function growthOf(points: readonly Point[], leastRise: number): Growth {
  const middle = ((points[0]?.minute ?? 0) + (points.at(-1)?.minute ?? 0)) / 2;
  const half = points.filter(({ minute }) => minute >= middle);
  const perMinute = median(pairsOf(half).map(([a, b]) => (b.value - a.value) / (b.minute - a.minute)));
  const minutes = (half.at(-1)?.minute ?? 0) - (half[0]?.minute ?? 0);
  const isWorthAWord = Math.abs(perMinute * minutes) >= leastRise && Math.abs(order(half)) >= clearlyOrdered;
  return { perMinute, verdict: !isWorthAWord ? 'flat' : perMinute > 0 ? 'grows' : 'falls' };
}

/** Kendall's S in standard deviations, with ties, corrected for continuity. */
function order(points: readonly Point[]): number {
  const s = pairsOf(points).reduce((sum, [a, b]) => sum + Math.sign(b.value - a.value), 0);
  const spread = (n: number) => n * (n - 1) * (2 * n + 5);
  const ties = new Map<number, number>();
  for (const { value } of points) ties.set(value, (ties.get(value) ?? 0) + 1);
  const tied = [...ties.values()].reduce((sum, count) => sum + spread(count), 0);
  const variance = (spread(points.length) - tied) / 18;
  return variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
}

function pairsOf(points: readonly Point[]): readonly (readonly [Point, Point])[] {
  return points.flatMap((a, i) => points.slice(i + 1).map((b) => [a, b] as const));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? upper;
  return (lower + upper) / 2;
}
