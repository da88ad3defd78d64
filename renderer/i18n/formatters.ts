/** Numbers, sizes and times as a language writes them. */
export interface Formatters {
  /** Without decimals. */
  integer(value: number): string;
  /** With at most one decimal. */
  short(value: number): string;
  /** @param fraction 0..1, as whole per cent without the sign */
  percent(fraction: number): string;
  bytes(bytes: number): string;
  dateTime(ms: number): string;
  clock(ms: number): string;
}

export function createFormatters(locale: string): Formatters {
  const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const dateTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const clocks = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'].map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }),
  );
  return {
    integer: (value) => integers.format(value),
    short: (value) => decimals.format(value),
    percent: (fraction) => integers.format(fraction * 100),
    bytes: (bytes) => {
      const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
      return (units[step] as Intl.NumberFormat).format(bytes / 1000 ** step);
    },
    dateTime: (ms) => dateTimes.format(ms),
    clock: (ms) => clocks.format(ms),
  };
}
