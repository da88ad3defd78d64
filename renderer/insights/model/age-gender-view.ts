import type { AgeGenderTable, ShownCell, ShownClass, ShownGender } from '../../../contract/insights.ts';
import type { PyramidRow, PyramidSide } from '../charts/chart-rows.ts';
import { type ChartView, greatest, type Words } from './chart-view.ts';
import { ageName, genderName } from './class-names.ts';
import { noFigure } from './figures.ts';

export interface AgeGenderView extends ChartView {
  readonly rows: readonly PyramidRow[];
  /** How many had no clear age or no clear gender, in words; empty where nobody. */
  readonly unsure: string;
  /** Shares of women and men corrected by the network's known errors, in words; empty where those are not known. */
  readonly corrected: string;
}

const bands = (name: string) => name !== 'unsure' && name !== 'not counted';
const nothing: ShownCell = { count: null, hiddenIn: 0 };

export function ageGenderView(table: AgeGenderTable, { m, text }: Words): AgeGenderView {
  const words = m.insights.ageGender;
  const cellOf = (age: number, gender: ShownGender) => table.cells[age]?.[table.genders.indexOf(gender)] ?? nothing;
  const side = (age: string, gender: string, cell: ShownCell): PyramidSide => ({
    value: cell.count,
    partial: cell.hiddenIn > 0,
    text: cell.count === null ? noFigure : `${cell.hiddenIn > 0 ? '≥ ' : ''}${text.whole(cell.count)}`,
    title: `${genderName(gender, m)}, ${words.years(ageName(age, m))}: ${text.cell(cell)}`,
  });
  const groups = table.ages.flatMap((age, index) =>
    bands(age) ? (['female', 'male'] as const).map((gender) => ({ age, gender, cell: cellOf(index, gender) })) : [],
  );
  const shown = table.cells.flat().reduce((sum, { count }) => sum + (count ?? 0), 0);
  const estimate = ({ corrected }: ShownClass) => (corrected ? text.estimate(corrected) : noFigure);
  const genders = table.genderTotals.filter(({ corrected }) => corrected !== null);
  const largest = greatest(groups, ({ cell }) => cell.count);
  return {
    rows: table.ages.flatMap((age, index) =>
      bands(age)
        ? [
            {
              label: ageName(age, m),
              left: side(age, 'female', cellOf(index, 'female')),
              right: side(age, 'male', cellOf(index, 'male')),
            },
          ]
        : [],
    ),
    unsure: unsureOf(table, { m, text }),
    corrected:
      genders.length > 0
        ? words.corrected(genders.map((each) => `${genderName(each.name, m)} ${estimate(each)}`).join(', '))
        : '',
    summary:
      largest && shown > 0
        ? words.summary(
            `${genderName(largest.gender, m)}, ${words.years(ageName(largest.age, m))}`,
            text.percent((largest.cell.count ?? 0) / shown),
          )
        : '',
    table: {
      columns: [words.age, ...table.genders.map((gender) => genderName(gender, m)), m.insights.total],
      rows: [
        ...table.ages.map((age, index) => [
          ageName(age, m),
          ...table.genders.map((gender) => text.cell(cellOf(index, gender))),
          text.cell(table.ageTotals[index] ?? nothing),
        ]),
        [
          m.insights.total,
          ...table.genders.map((_, index) => text.cell(table.genderTotals[index] ?? nothing)),
          text.cell(table.total),
        ],
        ...(genders.length > 0 ? [[m.insights.correctedColumn, ...table.genderTotals.map(estimate), '']] : []),
      ],
    },
    empty: largest === null,
    hasHidden: table.cells.flat().some(({ hiddenIn }) => hiddenIn > 0),
  };
}

/** All cells that are unsure of one or the other. */
function unsureOf(table: AgeGenderTable, { m, text }: Words): string {
  const cells = table.ages.flatMap((age, index) =>
    table.genders.flatMap((gender, column) =>
      age === 'unsure' || gender === 'unsure' ? (table.cells[index]?.[column] ?? []) : [],
    ),
  );
  const counted = cells.filter(({ count }) => count !== null);
  const hiddenIn = cells.reduce((sum, cell) => sum + cell.hiddenIn, 0);
  if (cells.length === 0 || (counted.length === 0 && hiddenIn === 0)) return '';
  const count = counted.length === 0 ? null : counted.reduce((sum, cell) => sum + (cell.count ?? 0), 0);
  return m.insights.ageGender.unsure(text.cell({ count, hiddenIn }));
}
