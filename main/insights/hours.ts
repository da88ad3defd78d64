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
import { addCells, isComplete, unpublished } from './published.ts';

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const hourNames = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

export interface HourTables {
  readonly hours: readonly HourFigures[];
  readonly weekdays: readonly WeekdayFigures[];
  readonly heatMap: readonly HeatMapCell[];
}

/** @param days those of the blocks of hours in the range */
export function hourTables(published: Published, days: readonly PublishedDay[]): HourTables {
  const tables = published.tables('hours:');
  const all = [...tables.values()];
  const perWeekday = weekdays.map((weekday) => ({ weekday, ...daysOfWeekday(days, weekday) }));
  return {
    hours: hourNames.map((name, hour) => ({ hour, ...(days.length === 0 ? unknown : slot(all, name)) })),
    weekdays: perWeekday.map(({ weekday, single, joinedIn }) => {
      const sum = (amount: (day: PublishedDay) => number) =>
        whole(single.reduce((total, day) => total + amount(day), 0));
      const people = slotOf(
        sum(({ passersBy }) => passersBy),
        sum(({ watchers }) => watchers),
      );
      return { weekday, days: single.length, joinedIn, ...(single.length === 0 ? unknown : people) };
    }),
    heatMap: perWeekday.flatMap(({ weekday, single, joinedIn }) => {
      const table = tables.get(`hours:${weekday}`);
      return hourNames.map((name, hour) => ({
        weekday,
        hour,
        days: single.length,
        joinedIn,
        ...(single.length === 0 ? unknown : slot(table === undefined ? [] : [table], name)),
      }));
    }),
  };
}

function daysOfWeekday(
  days: readonly PublishedDay[],
  weekday: number,
): { readonly single: readonly PublishedDay[]; readonly joinedIn: number } {
  const isIn = ({ fromDay, toDay }: PublishedDay) =>
    toDay - fromDay >= 6 || (weekday - weekdayOf(fromDay) + 7) % 7 <= toDay - fromDay;
  const containing = days.filter(isIn);
  const single = containing.filter(({ fromDay, toDay }) => fromDay === toDay);
  return { single, joinedIn: containing.length - single.length };
}

const whole = (count: number): ShownCell => ({ count, hiddenIn: 0 });
const unknown: SlotFigures = {
  passersBy: unpublished,
  watchers: unpublished,
  watchRate: { value: null, interval: null },
};

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
