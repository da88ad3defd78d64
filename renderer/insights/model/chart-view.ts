import type { Messages } from '../../i18n/en.ts';
import type { FigureText } from './figures.ts';

/** The same figures as rows of text: what a screen reader, a printer or a doubting reader gets. */
export interface TableView {
  readonly columns: readonly string[];
  /** The first entry of each is the row's heading. */
  readonly rows: readonly (readonly string[])[];
}

/** What every chart of the page says besides its drawing. */
export interface ChartView {
  /** One sentence with the most important figure; empty where there is none. */
  readonly summary: string;
  readonly table: TableView;
  /** Nothing at all may be shown, or there is nothing. */
  readonly empty: boolean;
  /** Something of it may not be shown. */
  readonly hasHidden: boolean;
}

/** The words a view is written with. */
export interface Words {
  readonly m: Messages;
  readonly text: FigureText;
}

/** @returns the greatest by an amount, of those that have one */
export function greatest<Each>(list: readonly Each[], amount: (each: Each) => number | null): Each | null {
  let found: Each | null = null;
  let most = 0;
  for (const each of list) {
    const value = amount(each) ?? 0;
    if (value > most) [found, most] = [each, value];
  }
  return found;
}
