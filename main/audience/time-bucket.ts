/** Statistics are kept per quarter of an hour. */
export const bucketMs = 15 * 60 * 1000;

/**
 * @param epochMs ms since the epoch
 * @returns start of its bucket, ms since the epoch; buckets begin at :00, :15, :30 and :45 UTC
 */
export function bucketStart(epochMs: number): number {
  return Math.floor(epochMs / bucketMs) * bucketMs;
}

/** @returns the last midnight in the machine's time zone, ms since the epoch */
export function startOfDay(epochMs: number): number {
  const day = new Date(epochMs);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}
