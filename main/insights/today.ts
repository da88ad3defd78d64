import type { TodayFigures } from '../../contract/insights.ts';
import type { LiveCounters } from '../../contract/statistics.ts';

/** Today so far. Rounded down to whole groups, so that two looks never differ by a few people. */
export function todayFigures(counters: LiveCounters, day: string, smallest: number): TodayFigures {
  const whole = (people: number) => Math.floor(people / smallest) * smallest;
  return {
    day,
    smallestCell: smallest,
    passersBy: whole(counters.passersByToday),
    watchers: whole(counters.watchersToday),
    inView: counters.inView,
    watchingNow: counters.watchingNow,
  };
}
