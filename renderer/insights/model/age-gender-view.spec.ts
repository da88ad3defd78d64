import { describe, expect, it } from 'vitest';
import type { AgeGenderTable, ShownClass } from '../../../contract/insights.ts';
import { en } from '../../i18n/en.ts';
import { ageGenderView } from './age-gender-view.ts';
import { FigureText } from './figures.ts';

const words = { m: en, text: new FigureText('en-GB', en.insights) };
const cell = (count: number) => ({ count, hiddenIn: 0 });
const total = (name: string, count: number, corrected: number | null): ShownClass => ({
  name,
  ...cell(count),
  share: count / 100,
  interval: null,
  corrected:
    corrected === null ? null : { value: corrected, interval: { low: corrected - 0.1, high: corrected + 0.1 } },
});
const table = (correct: boolean): AgeGenderTable => ({
  coverage: { days: 1, daysInRange: 1, from: null, to: null },
  ages: ['18-24', '25-34'],
  genders: ['female', 'male'],
  cells: [
    [cell(10), cell(20)],
    [cell(30), cell(40)],
  ],
  ageTotals: [total('18-24', 30, null), total('25-34', 70, null)],
  genderTotals: [total('female', 40, correct ? 0.38 : null), total('male', 60, correct ? 0.62 : null)],
  total: cell(100),
});

describe('the view of ages and genders', () => {
  it('says what is corrected, that it is an estimate, and how far it may be off', () => {
    const view = ageGenderView(table(true), words);
    expect(view.corrected).toMatch(/^Estimate.*Female 38\.0% \(28\.0% – 48\.0%\), Male 62\.0% \(52\.0% – 72\.0%\)$/i);
    expect(view.table.rows.at(-1)?.slice(0, 3)).toEqual([
      'Corrected (estimate)',
      '38.0% (28.0% – 48.0%)',
      '62.0% (52.0% – 72.0%)',
    ]);
    expect(new Set([view.table.columns.length, ...view.table.rows.map(({ length }) => length)]).size).toBe(1);
  });

  it('has no such row where the errors of the network are not known', () => {
    const view = ageGenderView(table(false), words);
    expect(view.corrected).toBe('');
    expect(view.table.columns).toHaveLength(4);
    expect(view.table.rows.map(({ length }) => length)).toEqual([4, 4, 4]);
  });
});
