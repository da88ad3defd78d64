/** By the clock on the wall, when hardly anybody passes. */
const nightHour = 3;

/** @returns how long it is until the next night, by local time; a whole day at exactly that time */
export function msUntilNight(now: Date): number {
  const night = new Date(now);
  night.setHours(nightHour, 0, 0, 0);
  if (night <= now) night.setDate(night.getDate() + 1);
  return night.getTime() - now.getTime();
}
