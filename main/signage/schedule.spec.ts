import { describe, expect, it } from 'vitest';
import type { ScheduleWindow } from '../../contract/signage-schedule.ts';
import { scheduleSchema } from '../../contract/signage-schedule.ts';
import { isDue } from './schedule.ts';
import { ZoneClock } from './zone-time.ts';

const berlin = new ZoneClock('Europe/Berlin');
const newYork = new ZoneClock('America/New_York');

function due(windows: Partial<ScheduleWindow>[], at: string, zone = berlin): boolean {
  return isDue(scheduleSchema.parse({ windows }), Date.parse(at), zone);
}

/** The stretches in which it is due, looked at every minute, as UTC times. */
function stretches(windows: Partial<ScheduleWindow>[], from: string, to: string, zone: ZoneClock): string[] {
  const found: string[] = [];
  let open: string | null = null;
  for (let at = Date.parse(from); at <= Date.parse(to); at += 60_000) {
    const now = new Date(at).toISOString().slice(11, 16);
    const is = due(windows, new Date(at).toISOString(), zone);
    if (is && open === null) open = now;
    if (!is && open !== null) {
      found.push(`${open}-${now}`);
      open = null;
    }
  }
  return found;
}

describe('isDue', () => {
  it('is always due without windows, and in any of several', () => {
    expect(due([], '2026-05-04T10:00Z')).toBe(true);
    const windows = [
      { fromTime: '08:00', toTime: '09:00' },
      { fromTime: '12:00', toTime: '13:00' },
    ];
    expect(due(windows, '2026-05-04T06:30Z')).toBe(true);
    expect(due(windows, '2026-05-04T07:30Z')).toBe(false);
    expect(due(windows, '2026-05-04T10:30Z')).toBe(true);
  });

  it('goes by the clock of the zone: the start is included, the end is not', () => {
    const lunch = [{ fromTime: '11:30', toTime: '14:00' }];
    expect(due(lunch, '2026-01-05T10:29:59Z')).toBe(false);
    expect(due(lunch, '2026-01-05T10:30Z')).toBe(true);
    expect(due(lunch, '2026-01-05T12:59:59Z')).toBe(true);
    expect(due(lunch, '2026-01-05T13:00Z')).toBe(false);
    expect(due(lunch, '2026-07-06T09:30Z')).toBe(true);
    expect(due(lunch, '2026-07-06T09:30Z', newYork)).toBe(false);
    expect(due(lunch, '2026-07-06T15:30Z', newYork)).toBe(true);
  });

  it('takes weekdays and dates of the day on which a daypart over midnight starts', () => {
    const fridayNight = [{ weekdays: [5 as const], fromTime: '22:00', toTime: '03:00' }];
    expect(due(fridayNight, '2026-05-08T20:00Z')).toBe(true);
    expect(due(fridayNight, '2026-05-09T00:59Z')).toBe(true);
    expect(due(fridayNight, '2026-05-09T01:00Z')).toBe(false);
    expect(due(fridayNight, '2026-05-09T20:30Z')).toBe(false);
    const oneNight = [{ fromDate: '2026-12-31', toDate: '2026-12-31', fromTime: '20:00', toTime: '02:00' }];
    expect(due(oneNight, '2027-01-01T00:30Z')).toBe(true);
    expect(due(oneNight, '2027-01-01T20:30Z')).toBe(false);
  });

  it('covers whole days of a range of dates', () => {
    const days = [{ fromDate: '2026-03-28', toDate: '2026-03-29' }];
    expect(due(days, '2026-03-27T22:59Z')).toBe(false);
    expect(due(days, '2026-03-27T23:00Z')).toBe(true);
    expect(due(days, '2026-03-29T21:59Z')).toBe(true);
    expect(due(days, '2026-03-29T22:00Z')).toBe(false);
  });

  it('a daypart that starts when it ends lasts a day and a night', () => {
    expect(
      stretches(
        [{ weekdays: [1], fromTime: '06:00', toTime: '06:00' }],
        '2026-05-04T00:00Z',
        '2026-05-05T12:00Z',
        berlin,
      ),
    ).toEqual(['04:00-04:00']);
  });
});

describe('when the clocks are put forward', () => {
  const night = ['2026-03-28T23:00Z', '2026-03-29T08:00Z'] as const;
  it('Berlin: 02:00-03:00 does not exist on 29 March 2026', () => {
    expect(stretches([{ fromTime: '01:30', toTime: '04:00' }], ...night, berlin)).toEqual(['00:30-02:00']);
    expect(stretches([{ fromTime: '02:30', toTime: '04:00' }], ...night, berlin)).toEqual(['01:00-02:00']);
    expect(stretches([{ fromTime: '01:30', toTime: '02:30' }], ...night, berlin)).toEqual(['00:30-01:00']);
    expect(stretches([{ fromTime: '02:15', toTime: '02:45' }], ...night, berlin)).toEqual([]);
    expect(stretches([{ fromTime: '09:00', toTime: '09:30' }], ...night, berlin)).toEqual(['07:00-07:30']);
  });

  it('New York: 02:00-03:00 does not exist on 8 March 2026', () => {
    const hours = ['2026-03-08T05:00Z', '2026-03-08T15:00Z'] as const;
    expect(stretches([{ fromTime: '01:30', toTime: '03:30' }], ...hours, newYork)).toEqual(['06:30-07:30']);
    expect(stretches([{ fromTime: '02:30', toTime: '03:30' }], ...hours, newYork)).toEqual(['07:00-07:30']);
    expect(stretches([{ fromTime: '08:00', toTime: '10:00' }], ...hours, newYork)).toEqual(['12:00-14:00']);
  });
});

describe('when the clocks are put back', () => {
  const night = ['2026-10-24T22:00Z', '2026-10-25T09:00Z'] as const;
  it('Berlin: 02:00-03:00 comes twice on 25 October 2026, a daypart does not', () => {
    expect(stretches([{ fromTime: '01:30', toTime: '02:30' }], ...night, berlin)).toEqual(['23:30-01:30']);
    expect(stretches([{ fromTime: '02:00', toTime: '03:00' }], ...night, berlin)).toEqual(['00:00-02:00']);
    expect(stretches([{ fromTime: '02:30', toTime: '04:00' }], ...night, berlin)).toEqual(['00:30-03:00']);
    expect(stretches([{ fromTime: '09:00', toTime: '09:30' }], ...night, berlin)).toEqual(['08:00-08:30']);
  });

  it('New York: 01:00-02:00 comes twice on 1 November 2026', () => {
    const hours = ['2026-11-01T03:00Z', '2026-11-01T15:00Z'] as const;
    expect(stretches([{ fromTime: '00:30', toTime: '01:30' }], ...hours, newYork)).toEqual(['04:30-06:30']);
    expect(stretches([{ fromTime: '23:30', toTime: '02:30' }], ...hours, newYork)).toEqual(['03:30-07:30']);
  });

  it('a day of 25 hours is a whole day', () => {
    expect(stretches([{ weekdays: [7] }], '2026-10-24T12:00Z', '2026-10-26T12:00Z', berlin)).toEqual(['22:00-23:00']);
  });
});

describe('ZoneClock', () => {
  it('refuses a zone that does not exist', () => {
    expect(() => new ZoneClock('Mars/Olympus')).toThrow(RangeError);
  });
});
