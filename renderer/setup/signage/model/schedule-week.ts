import type { Playlist, PlaylistItem } from '../../../../contract/signage.ts';
import type { Schedule, ScheduleWindow, Weekday } from '../../../../contract/signage-schedule.ts';

export const minutesOfDay = 24 * 60;
const dayMs = 86_400_000;

/** Minutes of a day's wall clock, the end excluded. */
export interface DayRange {
  readonly from: number;
  readonly to: number;
}

/** `plays`: takes its turn. `outranked`: due, but another with a higher priority is too. `rule`: waits for its audience. */
export type DueState = 'plays' | 'outranked' | 'rule';
export interface DueRange extends DayRange {
  readonly state: DueState;
}

/** @param date `YYYY-MM-DD` */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}

export function weekdayOf(date: string): Weekday {
  return (((new Date(Date.parse(date)).getUTCDay() + 6) % 7) + 1) as Weekday;
}

/** The Monday of the week in which a day lies. */
export const mondayOf = (date: string): string => addDays(date, 1 - weekdayOf(date));

/** The date that a time zone's calendar shows. @param timeZone an IANA name; null = the machine's */
export function dateIn(timeZone: string | null, now: Date): string {
  const zone = timeZone === null ? {} : { timeZone };
  const format = new Intl.DateTimeFormat('en-CA', { ...zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return format.format(now);
}

/** @returns minutes since midnight, or null for what is no time of day */
export function minutesOf(time: string | null): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time ?? '');
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** `08:30`; the end of the day is `24:00`. */
export function timeOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Whether something takes its turn at every time of a day, as `dueOnDay` tells it. */
export function isGapless(day: ReadonlyMap<string, readonly DueRange[]>): boolean {
  const playing = [...day.values()].flat().filter(({ state }) => state === 'plays');
  return merged(playing).some(({ from, to }) => from === 0 && to === minutesOfDay);
}

/**
 * When a schedule is due on a day, by the wall clock; what reaches over midnight is counted to the day on which it
 * begins. Windows that are not filled in properly are due never.
 */
export function dueRanges(schedule: Schedule, date: string): readonly DayRange[] {
  if (schedule.windows.length === 0) return [{ from: 0, to: minutesOfDay }];
  const yesterday = addDays(date, -1);
  const ranges = schedule.windows.flatMap((window) => {
    const whole = window.fromTime === null && window.toTime === null;
    const from = whole ? 0 : minutesOf(window.fromTime);
    const to = whole ? minutesOfDay : minutesOf(window.toTime);
    if (from === null || to === null) return [];
    const overnight = to <= from;
    const found: DayRange[] = [];
    if (startsOn(window, date)) found.push({ from, to: overnight ? minutesOfDay : to });
    if (overnight && to > 0 && startsOn(window, yesterday)) found.push({ from: 0, to });
    return found;
  });
  return merged(ranges);
}

function startsOn(window: ScheduleWindow, date: string): boolean {
  if (window.fromDate && date < window.fromDate) return false;
  if (window.toDate && date > window.toDate) return false;
  return window.weekdays.length === 0 || window.weekdays.includes(weekdayOf(date));
}

function merged(ranges: readonly DayRange[]): readonly DayRange[] {
  const sorted = [...ranges].sort((one, other) => one.from - other.from);
  const result: DayRange[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last && range.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else result.push(range);
  }
  return result;
}

/** Whether an item waits for its audience and takes no turn of its own. */
export const waitsForRule = (item: PlaylistItem): boolean => item.audience !== null && !item.audience.alsoWithout;

/** For each item that is switched on: when it is due on a day, and whether it can play then. */
export function dueOnDay(playlist: Playlist, date: string): ReadonlyMap<string, readonly DueRange[]> {
  const items = playlist.items.filter(({ enabled }) => enabled);
  const due = new Map(items.map((item) => [item.id, dueRanges(item.schedule, date)]));
  const isDue = (item: PlaylistItem, minute: number) =>
    due.get(item.id)?.some(({ from, to }) => from <= minute && minute < to) ?? false;
  const edges = new Set([0, minutesOfDay]);
  for (const { from, to } of [...due.values()].flat()) edges.add(from).add(to);
  const steps = [...edges].sort((one, other) => one - other);
  const result = new Map<string, DueRange[]>(items.map(({ id }) => [id, []]));
  for (const [index, from] of steps.slice(0, -1).entries()) {
    const to = steps[index + 1] as number;
    const now = items.filter((item) => isDue(item, from));
    const highest = Math.max(0, ...now.filter((item) => !waitsForRule(item)).map(({ priority }) => priority));
    for (const item of now) {
      const state = waitsForRule(item) ? 'rule' : item.priority < highest ? 'outranked' : 'plays';
      append(result.get(item.id) as DueRange[], { from, to, state });
    }
  }
  return result;
}

function append(ranges: DueRange[], next: DueRange): void {
  const last = ranges.at(-1);
  if (last?.to === next.from && last.state === next.state) ranges[ranges.length - 1] = { ...last, to: next.to };
  else ranges.push(next);
}
