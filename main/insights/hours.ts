import type {
  Figure,
  HeatMapCell,
  HourFigures,
  ShownCell,
  SlotFigures,
  WeekdayFigures,
} from '../../contract/insights.ts';
import { weekdayOf } from '../audience/calendar.ts';
import { shareOf } from '../audience/intervals.ts';
import type { PublishedDay } from '../store/publication/day-totals.ts';
import type { Published, SummedTable } from './published.ts';
import { addCells, isComplete } from './published.ts';

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const hourNames = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

export interface HourTables {
  readonly hours: readonly HourFigures[];
  readonly weekdays: readonly WeekdayFigures[];
  readonly heatMap: readonly HeatMapCell[];
}

/** @param days those of the blocks of hours in the range, for how often each weekday came */
export function hourTables(published: Published, days: readonly PublishedDay[]): HourTables {
  const tables = published.tables('hours:');
  const all = [...tables.values()];
  const single = days.filter(({ fromDay, toDay }) => fromDay === toDay);
  const perWeekday = weekdays.map((weekday) => single.filter(({ fromDay }) => weekdayOf(fromDay) === weekday));
  return {
    hours: hourNames.map((name, hour) => ({ hour, ...slot(all, name) })),
    weekdays: weekdays.map((weekday, i) => {
      const sum = (amount: (day: PublishedDay) => number) =>
        (perWeekday[i] ?? []).reduce((total, day) => total + amount(day), 0);
      return { weekday, ...slotOf(whole(sum(({ passersBy }) => passersBy)), whole(sum(({ watchers }) => watchers))) };
    }),
    heatMap: weekdays.flatMap((weekday, i) => {
      const table = tables.get(`hours:${weekday}`);
      return hourNames.map((name, hour) => ({
        weekday,
        hour,
        days: perWeekday[i]?.length ?? 0,
        ...slot(table === undefined ? [] : [table], name),
      }));
    }),
  };
}

const whole = (count: number): ShownCell => ({ count, hiddenIn: 0 });

function slot(tables: readonly SummedTable[], hour: string): SlotFigures {
  return slotOf(
    addCells(tables.map((table) => table.lineTotal(hour))),
    addCells(tables.map((table) => table.at(hour, 'watching'))),
  );
}

function slotOf(passersBy: ShownCell, watchers: ShownCell): SlotFigures {
  const rate: Figure =
    isComplete(passersBy) && isComplete(watchers)
      ? shareOf(watchers.count ?? 0, passersBy.count ?? 0)
      : { value: null, interval: null };
  return { passersBy, watchers, watchRate: rate };
}
