import { describe, expect, it } from 'vitest';
import { addDays, dayAt, daysIn, faultOf, rangeOf } from './period.ts';

describe('dayAt', () => {
  it('is the day on the wall of the time zone', () => {
    const late = Date.UTC(2026, 10, 24, 23, 30);
    expect(dayAt(late, 'UTC')).toBe('2026-11-24');
    expect(dayAt(late, 'Europe/Berlin')).toBe('2026-11-25');
    expect(dayAt(late, 'America/New_York')).toBe('2026-11-24');
  });

  it('holds on both sides of a change of the clocks', () => {
    // 29 March 2026, 2:00 -> 3:00 in Berlin; 25 October 2026, 3:00 -> 2:00.
    expect(dayAt(Date.UTC(2026, 2, 28, 23, 30), 'Europe/Berlin')).toBe('2026-03-29');
    expect(dayAt(Date.UTC(2026, 2, 29, 21, 59), 'Europe/Berlin')).toBe('2026-03-29');
    expect(dayAt(Date.UTC(2026, 2, 29, 22, 0), 'Europe/Berlin')).toBe('2026-03-30');
    expect(dayAt(Date.UTC(2026, 9, 25, 22, 59), 'Europe/Berlin')).toBe('2026-10-25');
    expect(dayAt(Date.UTC(2026, 9, 25, 23, 0), 'Europe/Berlin')).toBe('2026-10-26');
  });
});

describe('addDays and daysIn', () => {
  it('count a day of 23 or 25 hours as one', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2026-10-26', -2)).toBe('2026-10-24');
    expect(daysIn({ from: '2026-03-28', to: '2026-03-30' })).toBe(3);
    expect(daysIn({ from: '2026-10-24', to: '2026-10-26' })).toBe(3);
  });

  it('know the length of months and leap years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(daysIn({ from: '2026-01-01', to: '2026-12-31' })).toBe(365);
  });
});

describe('rangeOf', () => {
  it('ends with the last day that is over', () => {
    expect(rangeOf('last7', '2026-03-31')).toEqual({ from: '2026-03-24', to: '2026-03-30' });
    expect(rangeOf('last28', '2026-03-01')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(rangeOf('yesterday', '2026-01-01')).toEqual({ from: '2025-12-31', to: '2025-12-31' });
  });

  it('holds as many days as it says', () => {
    expect(daysIn(rangeOf('last7', '2026-10-27'))).toBe(7);
    expect(daysIn(rangeOf('last28', '2026-10-27'))).toBe(28);
  });

  it('begins this month on its first day', () => {
    expect(rangeOf('thisMonth', '2026-11-01')).toEqual({ from: '2026-11-01', to: '2026-11-01' });
    expect(rangeOf('thisMonth', '2026-11-26')).toEqual({ from: '2026-11-01', to: '2026-11-25' });
    expect(rangeOf('today', '2026-11-26')).toEqual({ from: '2026-11-26', to: '2026-11-26' });
  });
});

describe('faultOf', () => {
  it('says what is wrong with a range that was typed', () => {
    expect(faultOf({ from: '2026-11-01', to: '2026-11-26' }, 800)).toBeNull();
    expect(faultOf({ from: '2026-11-26', to: '2026-11-01' }, 800)).toBe('backwards');
    expect(faultOf({ from: '', to: '2026-11-01' }, 800)).toBe('incomplete');
    expect(faultOf({ from: '2020-01-01', to: '2026-11-01' }, 800)).toBe('too-long');
  });
});
