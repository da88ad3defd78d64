import type {
  Change,
  Coverage,
  DayName,
  DayRange,
  Figure,
  HeadlineName,
  Interval,
  ShownCell,
} from '../../../contract/insights.ts';
import type { InsightsMessages } from '../../i18n/insights/en.ts';
import { dayNumber } from '../period/period.ts';

/** Stands where a figure may not be shown, or there is none. */
export const noFigure = '–';

type DurationWords = Pick<InsightsMessages['durations'], 'seconds' | 'minutes' | 'minutesSeconds'>;

/** How the page writes its figures in one language. */
export class FigureText {
  readonly #whole: Intl.NumberFormat;
  readonly #decimal: Intl.NumberFormat;
  readonly #percent: Intl.NumberFormat;
  readonly #signed: Intl.NumberFormat;
  readonly #signedPercent: Intl.NumberFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #dayOfYear: Intl.DateTimeFormat;
  readonly #shortDay: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  readonly #longWeekday: Intl.DateTimeFormat;
  readonly #hour: Intl.DateTimeFormat;
  readonly #m: InsightsMessages;

  /** @param locale BCP 47 */
  constructor(locale: string, messages: InsightsMessages) {
    this.#m = messages;
    const numbers = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
    const days = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
    this.#whole = numbers({ maximumFractionDigits: 0 });
    this.#decimal = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
    this.#percent = numbers({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
    this.#signed = numbers({ signDisplay: 'exceptZero', minimumFractionDigits: 1, maximumFractionDigits: 1 });
    this.#signedPercent = numbers({ style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 });
    this.#day = days({ weekday: 'short', day: 'numeric', month: 'short' });
    this.#dayOfYear = days({ day: 'numeric', month: 'short', year: 'numeric' });
    this.#shortDay = days({ day: 'numeric', month: 'short' });
    this.#weekday = days({ weekday: 'short' });
    this.#longWeekday = days({ weekday: 'long' });
    this.#hour = days({ hour: '2-digit', minute: '2-digit' });
  }

  whole(value: number): string {
    return this.#whole.format(value);
  }

  /** With exactly one decimal, for means that are compared with each other. */
  decimal(value: number): string {
    return this.#decimal.format(value);
  }

  /** @param fraction 0..1 */
  percent(fraction: number): string {
    return this.#percent.format(fraction);
  }

  /** @param ms a duration */
  duration(ms: number): string {
    return durationText(ms, this.#m.durations, (value) => (value < 60 ? this.#decimal : this.#whole).format(value));
  }

  /** An edge of a step of durations, always a round number. @param ms */
  edge(ms: number): string {
    const plain = (value: number) => String(value).replace('.', this.#decimal.format(0.5).slice(1, 2));
    return durationText(ms, this.#m.durations, plain);
  }

  headline(name: HeadlineName, value: number): string {
    if (name.endsWith('Ms')) return this.duration(value);
    return isShare(name) ? this.percent(value) : this.whole(value);
  }

  interval(name: HeadlineName, { low, high }: Interval): string {
    return this.#m.interval(this.headline(name, low), this.headline(name, high));
  }

  /** Both ends of a share's interval. */
  shareInterval(interval: Interval | null): string {
    return interval ? `${this.percent(interval.low)} – ${this.percent(interval.high)}` : noFigure;
  }

  /** A share with how far it may be off. */
  estimate({ value, interval }: Figure): string {
    if (value === null) return noFigure;
    return interval ? `${this.percent(value)} (${this.shareInterval(interval)})` : this.percent(value);
  }

  share(share: number | null): string {
    return share === null ? noFigure : this.percent(share);
  }

  /** Shares change by percentage points, everything else by per cent. @returns null where nothing can be compared */
  change(name: HeadlineName, change: Change): string | null {
    if (isShare(name)) {
      return change.absolute === null ? null : this.#m.points(this.#signed.format(change.absolute * 100));
    }
    return change.relative === null ? null : this.#signedPercent.format(change.relative);
  }

  cell({ count, hiddenIn }: ShownCell): string {
    if (count === null) return hiddenIn > 0 ? this.#m.hidden : noFigure;
    return hiddenIn > 0 ? this.#m.atLeast(this.whole(count)) : this.whole(count);
  }

  figure({ value }: Figure, write: (value: number) => string): string {
    return value === null ? noFigure : write(value);
  }

  /** `Tue 24 Nov` */
  day(day: DayName): string {
    return this.#day.format(dayNumber(day));
  }

  /** `24 Nov` */
  shortDay(day: DayName): string {
    return this.#shortDay.format(dayNumber(day));
  }

  /** `2–29 Nov 2026` */
  range({ from, to }: DayRange): string {
    return this.#dayOfYear.formatRange(dayNumber(from), dayNumber(to));
  }

  /** Which days figures cover; empty where those are all. */
  coverage({ from, to, days, daysInRange }: Coverage): string {
    if (from === null || to === null || days === daysInRange) return '';
    return this.#m.period.coverageSpan(this.whole(days), this.whole(daysInRange), this.range({ from, to }));
  }

  /** @param weekday 1 = Monday .. 7 = Sunday */
  weekday(weekday: number, length: 'short' | 'long' = 'short'): string {
    // 5 January 1970 was a Monday.
    return (length === 'short' ? this.#weekday : this.#longWeekday).format(Date.UTC(1970, 0, 4 + weekday));
  }

  /** @param hour 0..23 */
  hour(hour: number): string {
    return this.#hour.format(Date.UTC(1970, 0, 1, hour));
  }
}

function isShare(name: HeadlineName): boolean {
  return name === 'watchRate' || name === 'attentionRatio';
}

/** @param ms a duration; @param write how a number of seconds or minutes is written */
function durationText(ms: number, words: DurationWords, write: (value: number) => string): string {
  const seconds = ms / 1000;
  if (seconds < 60) return words.seconds(write(seconds));
  const whole = Math.round(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  return rest === 0 ? words.minutes(String(minutes)) : words.minutesSeconds(String(minutes), String(rest));
}
