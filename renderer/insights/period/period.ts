import type { DayName, DayRange } from '../../../contract/insights.ts';

/**
 * Calendar days as names. They are counted in UTC, where every day has 24 hours, so that neither the kiosk's time zone
 * nor a change of its clocks can shift or swallow a day.
 */
export const presetNames = ['today', 'yesterday', 'last7', 'last28', 'thisMonth'] as const;
export type PresetName = (typeof presetNames)[number];

const dayMs = 24 * 60 * 60 * 1000;

/** @returns the calendar day at this moment by the clock on the wall of `timeZone` (IANA; the machine's own if left out) */
export function dayAt(ms: number, timeZone?: string): DayName {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...(timeZone ? { timeZone } : {}),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(ms);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** @returns midnight UTC of the day, ms since the epoch: a number to count with and to format in UTC */
export function dayNumber(day: DayName): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export function addDays(day: DayName, days: number): DayName {
  return new Date(dayNumber(day) + days * dayMs).toISOString().slice(0, 10);
}

/** How many days a range has, both ends included. */
export function daysIn({ from, to }: DayRange): number {
  return Math.round((dayNumber(to) - dayNumber(from)) / dayMs) + 1;
}

/**
 * The days of a preset, those that are over: today is not, and would drag every comparison down. Only on the first of a
 * month "this month" has no other day.
 */
export function rangeOf(preset: PresetName, today: DayName): DayRange {
  const yesterday = addDays(today, -1);
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: yesterday, to: yesterday };
    case 'last7':
      return { from: addDays(today, -7), to: yesterday };
    case 'last28':
      return { from: addDays(today, -28), to: yesterday };
    case 'thisMonth':
      return { from: `${today.slice(0, 8)}01`, to: today.endsWith('-01') ? today : yesterday };
  }
}

export type RangeFault = 'incomplete' | 'backwards' | 'too-long';

/** @param longest days */
export function faultOf({ from, to }: DayRange, longest: number): RangeFault | null {
  if (Number.isNaN(dayNumber(from)) || Number.isNaN(dayNumber(to))) return 'incomplete';
  if (from > to) return 'backwards';
  return daysIn({ from, to }) > longest ? 'too-long' : null;
}
