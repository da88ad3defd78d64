import { describe, expect, it } from 'vitest';
import { playlistSchema } from '../../../../contract/signage.ts';
import { type ScheduleWindow, scheduleSchema, scheduleWindowSchema } from '../../../../contract/signage-schedule.ts';
import { signage as german } from '../../../i18n/signage/de.ts';
import { signage as english } from '../../../i18n/signage/en.ts';
import { scheduleText, weekdayRuns, windowText } from './schedule-text.ts';
import { addDays, dateIn, dueOnDay, dueRanges, isGapless, mondayOf, timeOf, weekdayOf } from './schedule-week.ts';

const window = (given: Partial<ScheduleWindow>): ScheduleWindow => scheduleWindowSchema.parse(given);
const due = (date: string, ...windows: Partial<ScheduleWindow>[]) =>
  dueRanges(scheduleSchema.parse({ windows }), date).map(({ from, to }) => `${from / 60}-${to / 60}`);

// 2026-11-26 is a Thursday.
describe('the week', () => {
  it('knows its days, also over a change of the year and of the clock', () => {
    expect(weekdayOf('2026-11-26')).toBe(4);
    expect(mondayOf('2026-11-26')).toBe('2026-11-23');
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
  });

  it('is that of the kiosk and not of the machine', () => {
    const now = new Date('2026-11-26T23:30:00Z');
    expect(dateIn('Europe/Berlin', now)).toBe('2026-11-27');
    expect(dateIn('America/New_York', now)).toBe('2026-11-26');
  });
});

describe('when a schedule is due', () => {
  it('is always without windows, and all day in a window without times', () => {
    expect(due('2026-11-26')).toEqual(['0-24']);
    expect(due('2026-11-26', { weekdays: [4] })).toEqual(['0-24']);
    expect(due('2026-11-26', { weekdays: [5] })).toEqual([]);
  });

  it('follows dates, both ends included', () => {
    const advent = { fromDate: '2026-11-27', toDate: '2026-11-28' };
    expect(['2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'].map((day) => due(day, advent).length)).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it('reaches over midnight from the day on which it begins', () => {
    const night = { weekdays: [4 as const], fromTime: '22:00', toTime: '02:00' };
    expect(due('2026-11-26', night)).toEqual(['22-24']);
    expect(due('2026-11-27', night)).toEqual(['0-2']);
    expect(due('2026-11-28', night)).toEqual([]);
    expect(due('2026-11-27', { fromTime: '06:00', toTime: '06:00' })).toEqual(['0-24']);
    expect(due('2026-11-27', { weekdays: [5], fromTime: '20:00', toTime: '00:00' })).toEqual(['20-24']);
  });

  it('joins windows that meet', () => {
    const morning = { fromTime: '08:00', toTime: '12:00' };
    expect(due('2026-11-26', morning, { fromTime: '11:00', toTime: '14:00' })).toEqual(['8-14']);
    expect(due('2026-11-26', morning, { fromTime: '15:00', toTime: '16:00' })).toEqual(['8-12', '15-16']);
  });
});

describe('what plays when', () => {
  const item = (id: string, more: object) => ({ kind: 'image', id, name: id, file: 'a.png', ...more });
  const noon = { windows: [{ fromTime: '11:00', toTime: '14:00' }] };
  const list = (...items: object[]) => dueOnDay(playlistSchema.parse({ name: 'x', items }), '2026-11-26');

  it('is outranked only while something of a higher priority is due', () => {
    const week = list(item('a', {}), item('b', { priority: 5, schedule: noon }));
    expect(week.get('a')?.map(({ from, to, state }) => [from / 60, to / 60, state])).toEqual([
      [0, 11, 'plays'],
      [11, 14, 'outranked'],
      [14, 24, 'plays'],
    ]);
    expect(week.get('b')).toEqual([{ from: 660, to: 840, state: 'plays' }]);
  });

  it('waits for its audience without keeping others from playing', () => {
    const when = { kind: 'group', conditions: [{ kind: 'count', count: 2 }] };
    const week = list(item('a', {}), item('b', { priority: 5, audience: { when } }));
    expect(week.get('a')).toEqual([{ from: 0, to: 1440, state: 'plays' }]);
    expect(week.get('b')).toEqual([{ from: 0, to: 1440, state: 'rule' }]);
    expect(list(item('a', { enabled: false })).size).toBe(0);
  });

  it('has no gap where items follow each other through the whole day', () => {
    const [night, day] = [
      { fromTime: '18:00', toTime: '08:00' },
      { fromTime: '08:00', toTime: '18:00' },
    ];
    expect(isGapless(list(item('a', { schedule: { windows: [day] } })))).toBe(false);
    expect(
      isGapless(list(item('a', { schedule: { windows: [day] } }), item('b', { schedule: { windows: [night] } }))),
    ).toBe(true);
    expect(isGapless(list())).toBe(false);
  });

  it('says times as on a clock, the end of the day too', () => {
    expect([0, 485, 1440].map(timeOf)).toEqual(['00:00', '08:05', '24:00']);
  });
});

describe('a schedule in words', () => {
  const say = (given: Partial<ScheduleWindow>) => windowText(window(given), english.schedule.say, 'en-GB');

  it('names days in a row by their ends', () => {
    expect(weekdayRuns([5, 1, 2, 3, 7])).toEqual([
      [1, 3],
      [5, 5],
      [7, 7],
    ]);
    expect(say({ weekdays: [1, 2, 3, 4, 5], fromTime: '08:00', toTime: '12:00' })).toBe('Mon–Fri, 08:00–12:00');
    expect(say({ weekdays: [6, 7] })).toBe('Sat, Sun, all day');
    expect(say({ weekdays: [7, 1, 2, 3, 4, 5, 6] })).toBe('Every day, all day');
  });

  it('says dates and nights', () => {
    expect(say({ fromDate: '2026-12-01', toDate: '2026-12-24' })).toBe('Every day, all day, 1 Dec 2026 to 24 Dec 2026');
    expect(say({ fromTime: '22:00', toTime: '02:00' })).toBe('Every day, 22:00–02:00 the next day');
    expect(say({ fromDate: '2026-12-01' })).toContain('from 1 Dec 2026');
  });

  it('says when a time is missing instead of inventing one', () => {
    const unfinished = { ...window({}), fromTime: '', toTime: '12:00' };
    expect(windowText(unfinished, english.schedule.say, 'en-GB')).toBe('Every day, time missing');
  });

  it('says whole schedules in both languages', () => {
    const windows = [window({ weekdays: [1] }), window({ weekdays: [3], fromTime: '09:00', toTime: '10:00' })];
    expect(scheduleText([], english.schedule.say, 'en-GB')).toBe('Always');
    expect(scheduleText(windows, english.schedule.say, 'en-GB')).toBe('Mon, all day or Wed, 09:00–10:00');
    expect(scheduleText(windows, german.schedule.say, 'de-DE')).toBe('Mo, ganztägig oder Mi, 09:00–10:00');
  });
});
