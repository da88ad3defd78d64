import type { AttributeDistribution } from '../../../contract/insights.ts';
import type { BarRow } from '../charts/chart-rows.ts';
import { type ChartView, greatest, type Words } from './chart-view.ts';
import { className } from './class-names.ts';
import { noFigure } from './figures.ts';

export interface AttributeView extends ChartView {
  readonly rows: readonly BarRow[];
  readonly unsure: string;
  readonly hasCorrected: boolean;
}

export function attributeView(distribution: AttributeDistribution, { m, text }: Words): AttributeView {
  const { attribute, classes, unsure, total } = distribution;
  const words = m.insights;
  const name = (each: { readonly name: string }) => className(attribute, each.name, m);
  const most = greatest(classes, ({ share }) => share);
  const hasCorrected = classes.some(({ corrected }) => (corrected?.value ?? null) !== null);
  return {
    rows: classes.map((each) => ({
      label: name(each),
      value: each.share,
      text: text.share(each.share),
      title: `${name(each)}: ${text.cell(each)}`,
      interval: each.interval,
      corrected: each.corrected?.value ?? null,
    })),
    unsure: words.attributes.unsure(text.cell(unsure)),
    hasCorrected,
    summary: most ? words.attributes.summary(name(most), text.share(most.share)) : '',
    table: {
      columns: [
        words.attributes.value,
        words.people,
        words.share,
        words.intervalColumn,
        ...(hasCorrected ? [words.correctedColumn] : []),
      ],
      rows: [
        ...classes.map((each) => [
          name(each),
          text.cell(each),
          text.share(each.share),
          text.shareInterval(each.interval),
          ...(hasCorrected ? [each.corrected ? text.estimate(each.corrected) : noFigure] : []),
        ]),
        ...[
          [words.ageGender.unsureName, text.cell(unsure)],
          [words.total, text.cell(total)],
        ].map((row) => [...row, ...Array.from({ length: hasCorrected ? 3 : 2 }, () => '')]),
      ],
    },
    empty: most === null,
    hasHidden: [...classes, unsure].some(({ hiddenIn }) => hiddenIn > 0),
  };
}
