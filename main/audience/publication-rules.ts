/**
 * When counters become a publication: a table that is final, from which everything shown or exported is summed up. Each
 * visit is in exactly one publication of each table, so two date ranges, or two exports, differ by whole publications and
 * never by a few people. docs/privacy.md gives the argument, `main/insights/publication-attack.spec.ts` attacks it.
 *
 * All rules look at the totals of days only, which are published themselves: when something is published says nothing more.
 */

/** People of one day or of several. */
export interface Totals {
  readonly passersBy: number;
  readonly watchers: number;
}

/**
 * Whether days may stand alone: nobody, or at least k people, among the passers-by, the watchers and those who did not
 * watch. Days that may not are joined with the next.
 *
 * @param smallest k
 */
export function mayStandAlone({ passersBy, watchers }: Totals, smallest: number): boolean {
  const enough = (people: number) => people === 0 || people >= smallest;
  return enough(passersBy) && enough(watchers) && enough(passersBy - watchers);
}

/** Tables with many classes are published together once there are enough people to fill them. */
export const enoughWatchers = 150;
/** Twenty people in each of twelve hours. */
export const enoughPerHour = 240;
/** No table waits longer than this for more people, days. */
export const longestBlockDays = 28;

export const blockParts = ['details', 'hours'] as const;
/** `details`: classes, durations and signage items; `hours`: hours of the week. */
export type BlockPart = (typeof blockParts)[number];

/** Whether the days since the last publication of a part make the next one. */
export function isBlockFull(part: BlockPart, { passersBy, watchers }: Totals, days: number): boolean {
  if (days >= longestBlockDays) return true;
  if (part === 'details') return watchers >= enoughWatchers;
  return days === 1 ? passersBy >= enoughPerHour : days >= 7 && passersBy >= 7 * enoughPerHour;
}
