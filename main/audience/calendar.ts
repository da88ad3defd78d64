/**
 * Days and hours by the clock on the wall of a time zone, right across daylight saving changes. A day is named by its
 * number: days since 1 January 1970 in the calendar of the zone.
 */

const dayMs = 24 * 60 * 60 * 1000;
const quarterMs = 15 * 60 * 1000;

/** IANA name of the machine's own zone. */
export function machineTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export class Calendar {
  readonly timeZone: string;
  readonly #format: Intl.DateTimeFormat;

  /** @throws RangeError for a zone that is not known */
  constructor(timeZone: string) {
    this.timeZone = timeZone;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** @param epochMs ms since the epoch, not before 1970 */
  dayOf(epochMs: number): number {
    return Math.floor(this.#wallMs(epochMs) / dayMs);
  }

  /** @returns 0..23; the hour that comes twice in autumn is one hour */
  hourOf(epochMs: number): number {
    return Math.floor((this.#wallMs(epochMs) % dayMs) / 3_600_000);
  }

  /** @returns when a day begins, ms since the epoch: at midnight, or at the first moment after it where there is none */
  startOf(day: number): number {
    const midnight = day * dayMs;
    let start = midnight - this.#offset(midnight);
    start = midnight - this.#offset(start);
    while (this.dayOf(start) < day) start += quarterMs;
    while (this.dayOf(start - quarterMs) >= day) start -= quarterMs;
    return start;
  }

  #offset(epochMs: number): number {
    return this.#wallMs(epochMs) - Math.floor(epochMs / 1000) * 1000;
  }

  /** The time on the wall as if it were UTC. */
  #wallMs(epochMs: number): number {
    const wall: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(epochMs)) wall[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = wall;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }
}

/** @returns `2026-11-24` */
export function nameOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** @param name `2026-11-24` */
export function dayNamed(name: string): number {
  return Math.round(Date.parse(`${name}T00:00:00Z`) / dayMs);
}

/** @returns 1 = Monday .. 7 = Sunday */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
