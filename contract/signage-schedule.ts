import { z } from 'zod';

const day = z.iso.date();
/** `HH:MM`, 00:00 to 23:59. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** ISO: 1 = Monday ... 7 = Sunday. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof weekdays)[number];
const weekdaySchema = z.literal([1, 2, 3, 4, 5, 6, 7]);

/**
 * When something is due, in the kiosk's time zone. A daypart that ends at or before its start reaches over midnight;
 * weekdays and dates are those of the day on which it starts.
 */
export const scheduleWindowSchema = z
  .object({
    /** First and last day, both included; null = open. */
    fromDate: day.nullable().default(null),
    toDate: day.nullable().default(null),
    /** Empty = every day. */
    weekdays: z.array(weekdaySchema).max(7).default([]),
    /** Both null = the whole day; otherwise both are given. */
    fromTime: timeOfDay.nullable().default(null),
    toTime: timeOfDay.nullable().default(null),
  })
  .refine((window) => (window.fromTime === null) === (window.toTime === null), 'needs both a start and an end')
  .refine(
    ({ fromDate, toDate }) => fromDate === null || toDate === null || fromDate <= toDate,
    'ends before it begins',
  );
export type ScheduleWindow = z.infer<typeof scheduleWindowSchema>;

/** Due while any of its windows is; without windows, always. */
export const scheduleSchema = z.object({ windows: z.array(scheduleWindowSchema).max(20).default([]) });
export type Schedule = z.infer<typeof scheduleSchema>;
