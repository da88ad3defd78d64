/** A time of the clock on the wall, without a zone: months 1..12, days 1..31. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Minutes since midnight, 0..1439; 1440 = the midnight at the end of the day. */
  readonly minutes: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * The clock of one time zone. Offsets come from the zone data of the runtime (Intl), so they are those the system's own
 * browser would use.
 */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;

  /** @param timeZone an IANA name, or null for the machine's. @throws RangeError for an unknown name */
  constructor(timeZone: string | null) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      ...(timeZone === null ? {} : { timeZone }),
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** @param epochMs ms since the epoch */
  wallTime(epochMs: number): WallTime {
    const wall = new Date(epochMs + this.offsetMs(epochMs));
    return {
      year: wall.getUTCFullYear(),
      month: wall.getUTCMonth() + 1,
      day: wall.getUTCDate(),
      minutes: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
    };
  }

  /** What the zone's clock is ahead of UTC at this moment, ms. */
  offsetMs(epochMs: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(epochMs)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(epochMs / 1000) * 1000;
  }

  /**
   * The moment at which the clock on the wall shows this time. When it shows it twice (the clocks are put back), the
   * first or the last of them; when it never does (they are put forward), the moment of the jump.
   *
   * @returns ms since the epoch
   */
  momentOf(wall: WallTime, which: 'first' | 'last'): number {
    const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day) + wall.minutes * minuteMs;
    // No zone changes twice within two days, so the offsets in force are among those of the day before and after.
    const before = this.offsetMs(asUtc - dayMs);
    const after = this.offsetMs(asUtc + dayMs);
    const moments = [asUtc - before, asUtc - after].filter((moment) => moment + this.offsetMs(moment) === asUtc);
    if (moments.length === 0) return this.#jumpBetween(asUtc - after, asUtc - before);
    return which === 'first' ? Math.min(...moments) : Math.max(...moments);
  }

  /** The first moment of the new offset; it lies on a whole minute. */
  #jumpBetween(early: number, late: number): number {
    const old = this.offsetMs(early);
    let [last, first] = [Math.floor(early / minuteMs), Math.ceil(late / minuteMs)];
    while (first - last > 1) {
      const middle = Math.floor((first + last) / 2);
      if (this.offsetMs(middle * minuteMs) === old) last = middle;
      else first = middle;
    }
    return first * minuteMs;
  }
}
