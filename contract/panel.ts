import { z } from 'zod';
import type { Schedule } from './signage-schedule.ts';
import { timeOfDay, weekdays } from './signage-schedule.ts';

/** When the panel is on; an end that is not after its start lies on the next day. */
const panelDaySchema = z.object({ fromTime: timeOfDay, toTime: timeOfDay });
export type PanelDay = z.infer<typeof panelDaySchema>;

/** What a day begins with in set-up. */
export const usualPanelDay: PanelDay = { fromTime: '08:00', toTime: '20:00' };

/** On and off times of the panel, in the kiosk's time zone. */
export const panelHoursSchema = z
  .object({
    /** False = the panel is always on. */
    byTime: z.boolean().default(false),
    /** Monday first; null = off, but for what lasts over midnight from the day before. */
    days: z
      .array(panelDaySchema.nullable())
      .length(weekdays.length)
      .default(() => weekdays.map(() => usualPanelDay)),
  })
  .refine(({ byTime, days }) => !byTime || days.some((day) => day !== null), {
    error: 'the panel would never be on',
    path: ['days'],
  });
export type PanelHours = z.infer<typeof panelHoursSchema>;

/** The same as a schedule, which is always due where the panel is always on. */
export function panelSchedule({ byTime, days }: PanelHours): Schedule {
  if (!byTime) return { windows: [] };
  return {
    windows: weekdays.flatMap((weekday, i) => {
      const day = days[i];
      return day ? [{ fromDate: null, toDate: null, weekdays: [weekday], ...day }] : [];
    }),
  };
}
