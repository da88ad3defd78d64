/** The middle of each row of a list, from top to bottom, in the units of the pointer. */
export type RowMiddles = readonly number[];

/**
 * Where a row would stand if it were let go.
 * @param from its place now; @param y of the pointer
 * @returns its place afterwards, for `moveItem`
 */
export function dropPlace(middles: RowMiddles, from: number, y: number): number {
  const above = middles.filter((middle, index) => index !== from && middle < y).length;
  return above;
}

/** Where the line that shows the place is drawn: above the row with this index, or below the last one. */
export const lineIndex = (from: number, to: number): number => (to > from ? to + 1 : to);
