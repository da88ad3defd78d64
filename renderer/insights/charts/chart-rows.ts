import type { Interval } from '../../../contract/insights.ts';

/** What the charts draw, row by row; made by the views in `../model`. */

export interface Column {
  readonly label: string;
  /** Null = may not be shown. */
  readonly value: number | null;
  /** A part of it may not be shown. */
  readonly partial: boolean;
  /** For the pointer. */
  readonly title: string;
  /** A second amount of which `value` is a part, drawn behind it. */
  readonly behind?: number;
}

export interface HeatCell {
  readonly column: number;
  readonly row: number;
  /** Null = may not be shown, undefined = there is nothing to show. */
  readonly value: number | null | undefined;
  readonly title: string;
}
/** Steps of lightness; the colours are --heat-0 .. --heat-6. */
export const heatSteps = [0, 1, 2, 3, 4, 5, 6] as const;

export interface PyramidSide {
  /** Null = may not be shown. */
  readonly value: number | null;
  readonly partial: boolean;
  readonly text: string;
  readonly title: string;
}
export interface PyramidRow {
  readonly label: string;
  readonly left: PyramidSide;
  readonly right: PyramidSide;
}

export interface BarRow {
  readonly label: string;
  /** Null = may not be shown. */
  readonly value: number | null;
  readonly text: string;
  readonly title: string;
  readonly interval?: Interval | null;
  /** An estimate drawn as a diamond. */
  readonly corrected?: number | null;
}
