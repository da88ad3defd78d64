import { describe, expect, it } from 'vitest';
import { Calendar, dayNamed, nameOfDay, weekdayOf } from './calendar.ts';

const hours = (from: number, to: number) => (to - from) / 3_600_000;

describe('a day on the wall', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Europe/Berlin', '2026-11-24', 24],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['America/Santiago', '2026-09-06', 23],
    ['Asia/Kathmandu', '2026-06-01', 24],
    ['UTC', '2026-06-01', 24],
  ])('in %s on %s has %d hours', (zone, name, length) => {
    const calendar = new Calendar(zone);
    const day = dayNamed(name);
    const start = calendar.startOf(day);
    const end = calendar.startOf(day + 1);
    expect(hours(start, end)).toBe(length);
    expect([calendar.dayOf(start), calendar.dayOf(start - 1), calendar.dayOf(end - 1)]).toEqual([day, day - 1, day]);
  });

  it('puts both hours between two and three of an autumn night into one, and has none in spring', () => {
    const calendar = new Calendar('Europe/Berlin');
    const perHour = (name: string) => {
      const counts = new Map<number, number>();
      const start = calendar.startOf(dayNamed(name));
      for (let at = start; at < calendar.startOf(dayNamed(name) + 1); at += 900_000) {
        counts.set(calendar.hourOf(at), (counts.get(calendar.hourOf(at)) ?? 0) + 1);
      }
      return counts;
    };
    expect(perHour('2026-10-25').get(2)).toBe(8);
    expect(perHour('2026-03-29').has(2)).toBe(false);
    expect(perHour('2026-11-24').size).toBe(24);
  });

  it('has a name, a number and a weekday', () => {
    expect(nameOfDay(dayNamed('2024-02-29') + 1)).toBe('2024-03-01');
    expect(['2026-11-23', '2026-11-29', '1970-01-01'].map((name) => weekdayOf(dayNamed(name)))).toEqual([1, 7, 4]);
  });
});
