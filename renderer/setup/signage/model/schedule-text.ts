import type { ScheduleWindow, Weekday } from '../../../../contract/signage-schedule.ts';
import type { SignageMessages } from '../../../i18n/signage/en.ts';
import { minutesOf } from './schedule-week.ts';

type Texts = SignageMessages['schedule']['say'];
/** A Monday; the others follow. */
const someMonday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

export function weekdayName(day: Weekday, locale: string, weekday: 'short' | 'long' = 'short'): string {
  const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
  return format.format(someMonday + (day - 1) * dayMs).replace(/\.$/, '');
}

/** Days in a row, each run by its first and last day. */
export function weekdayRuns(days: readonly Weekday[]): readonly (readonly [first: Weekday, last: Weekday])[] {
  const runs: [Weekday, Weekday][] = [];
  for (const day of [...new Set(days)].sort()) {
    const last = runs.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

function weekdaysText(days: readonly Weekday[], texts: Texts, locale: string): string {
  if (days.length === 0 || new Set(days).size === 7) return texts.everyDay;
  const name = (day: Weekday) => weekdayName(day, locale);
  const parts = weekdayRuns(days).flatMap(([first, last]) => {
    if (first === last) return [name(first)];
    return last === first + 1 ? [name(first), name(last)] : [`${name(first)}–${name(last)}`];
  });
  return parts.join(', ');
}

function timesText({ fromTime, toTime }: ScheduleWindow, texts: Texts): string {
  const from = minutesOf(fromTime);
  const to = minutesOf(toTime);
  if (fromTime === null && toTime === null) return texts.allDay;
  if (from === null || to === null) return texts.timeMissing;
  return to <= from ? texts.overnight(fromTime as string, toTime as string) : `${fromTime}–${toTime}`;
}

function datesText({ fromDate, toDate }: ScheduleWindow, texts: Texts, locale: string): string | null {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const say = (date: string) => (Number.isNaN(Date.parse(date)) ? '?' : format.format(Date.parse(date)));
  if (fromDate && toDate)
    return fromDate === toDate ? texts.onDay(say(fromDate)) : texts.between(say(fromDate), say(toDate));
  if (fromDate) return texts.from(say(fromDate));
  return toDate ? texts.until(say(toDate)) : null;
}

/** One window as a sentence: "Mon–Fri, 08:00–12:00, from 1 Dec 2026". */
export function windowText(window: ScheduleWindow, texts: Texts, locale: string): string {
  return [weekdaysText(window.weekdays, texts, locale), timesText(window, texts), datesText(window, texts, locale)]
    .filter((part) => part !== null)
    .join(', ');
}

/** A whole schedule in short. */
export function scheduleText(windows: readonly ScheduleWindow[], texts: Texts, locale: string): string {
  if (windows.length === 0) return texts.always;
  return windows.map((window) => windowText(window, texts, locale)).join(texts.or);
}
