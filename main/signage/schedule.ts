import type { Schedule, ScheduleWindow, Weekday } from '../../contract/signage-schedule.ts';
import type { WallTime, ZoneClock } from './zone-time.ts';

const wholeDay = 24 * 60;

/**
 * Whether something with this schedule is due. A daypart is one stretch of time from the first moment at which the
 * clock shows its start to the last at which it shows its end, so that it neither ends early nor comes twice when the
 * clocks are put back; a start or end that is skipped when they are put forward is the moment of the jump.
 *
 * @param epochMs ms since the epoch
 */
export function isDue({ windows }: Schedule, epochMs: number, zone: ZoneClock): boolean {
  if (windows.length === 0) return true;
  const today = zone.wallTime(epochMs);
  // The day before too: its dayparts may reach over midnight, and with the clocks put back at midnight into "today".
  const days = [today, shifted(today, -1)];
  return windows.some((window) => days.some((day) => startsOn(window, day) && covers(window, day, epochMs, zone)));
}

function startsOn({ fromDate, toDate, weekdays }: ScheduleWindow, day: WallTime): boolean {
  const date = dateText(day);
  if (fromDate !== null && date < fromDate) return false;
  if (toDate !== null && date > toDate) return false;
  return weekdays.length === 0 || weekdays.includes(weekdayOf(day));
}

function covers({ fromTime, toTime }: ScheduleWindow, day: WallTime, epochMs: number, zone: ZoneClock): boolean {
  const from = fromTime === null ? 0 : minutesOf(fromTime);
  const to = toTime === null ? 0 : minutesOf(toTime);
  // A whole day ends when the next one begins, also where midnight itself comes twice.
  const lasts = from === to && from === 0 ? 'first' : 'last';
  const endDay = to <= from ? shifted(day, 1) : day;
  const start = zone.momentOf({ ...day, minutes: from }, 'first');
  const end = zone.momentOf({ ...endDay, minutes: to }, lasts);
  return epochMs >= start && epochMs < end;
}

/** Answers for the present minute; the clock's data are asked once a minute for each schedule, not at each choice. */
export class DueCache {
  readonly #due = new WeakMap<Schedule, boolean>();
  readonly #asked = new WeakMap<Schedule, number>();
  readonly #zone: ZoneClock;

  constructor(zone: ZoneClock) {
    this.#zone = zone;
  }

  isDue(schedule: Schedule, epochMs: number): boolean {
    if (schedule.windows.length === 0) return true;
    const minute = Math.floor(epochMs / 60_000);
    if (this.#asked.get(schedule) !== minute) {
      this.#asked.set(schedule, minute);
      this.#due.set(schedule, isDue(schedule, epochMs, this.#zone));
    }
    return this.#due.get(schedule) ?? false;
  }
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Math.min(Number(hours) * 60 + Number(minutes), wholeDay - 1);
}

function shifted(day: WallTime, days: number): WallTime {
  const moved = new Date(Date.UTC(day.year, day.month - 1, day.day + days));
  return {
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
    minutes: day.minutes,
  };
}

function dateText({ year, month, day }: WallTime): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function weekdayOf({ year, month, day }: WallTime): Weekday {
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7) as Weekday;
}
