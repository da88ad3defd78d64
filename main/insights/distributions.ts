import { ageBands, expressionClasses, genderClasses, glassesClasses } from '../../contract/attributes.ts';
import type {
  AgeGenderTable,
  AttributeDistribution,
  Coverage,
  DurationDistribution,
  DurationStep,
  Figure,
  ShownAge,
  ShownCell,
  ShownClass,
  ShownGender,
} from '../../contract/insights.ts';
import type { Confusion } from '../audience/correction.ts';
import { correctShares } from '../audience/correction.ts';
import { notCounted, unsure } from '../audience/counters.ts';
import { mean, median, type Step } from '../audience/durations.ts';
import { durationEdgesMs, durationStep, scaleSteps } from '../audience/histogram-steps.ts';
import { shareOf } from '../audience/intervals.ts';
import { addCells, isComplete, type Published, type SummedTable } from './published.ts';

type Histogram = AttributeDistribution['attribute'];

const yesNo = ['yes', 'no'] as const;
export const classesOf: Readonly<Record<Histogram, readonly string[]>> = {
  smile: scaleSteps,
  expression: expressionClasses,
  glasses: glassesClasses,
  eyeMakeup: yesNo,
  lipMakeup: yesNo,
  beard: scaleSteps,
  moustache: scaleSteps,
  sideburns: scaleSteps,
};

/** How the network errs, by attribute; absent = not known. */
export type Confusions = Readonly<Partial<Record<Histogram | 'gender', Confusion>>>;

export function ageGenderTable(published: Published, coverage: Coverage, confusions: Confusions): AgeGenderTable {
  const table = published.table('age-gender', 'details');
  const used = ({ count, hiddenIn }: ShownCell) => hiddenIn > 0 || (count ?? 0) > 0;
  const ages: readonly ShownAge[] = [
    ...ageBands.map(({ name }) => name),
    unsure,
    ...(used(table.lineTotal(notCounted)) ? ([notCounted] as const) : []),
  ];
  const genders: readonly ShownGender[] = [
    ...genderClasses,
    unsure,
    ...(used(table.placeTotal(notCounted)) ? ([notCounted] as const) : []),
  ];
  const ageCells = ages.map((age) => ({ name: age, ...table.lineTotal(age) }));
  const genderCells = genders.map((gender) => ({ name: gender, ...table.placeTotal(gender) }));
  return {
    coverage,
    ages,
    genders,
    cells: ages.map((age) => genders.map((gender) => table.at(age, gender))),
    ageTotals: classes(ageCells, undefined),
    genderTotals: classes(genderCells, confusions.gender),
    total: totalOf(published, addCells(ageCells), addCells(genderCells)),
  };
}

/** People of a table: the more complete of two ways to add them up. */
function totalOf(published: Published, a: ShownCell, b: ShownCell): ShownCell {
  const total = a.hiddenIn <= b.hiddenIn ? a : b;
  return total.count !== null && !published.shows(total.count) ? { count: null, hiddenIn: 1 } : total;
}

export function attributeDistributions(
  published: Published,
  coverage: Coverage,
  counted: Readonly<Record<Histogram, boolean>>,
  confusions: Confusions,
): readonly AttributeDistribution[] {
  return (Object.keys(classesOf) as Histogram[]).map((attribute) => {
    const table = published.table(`attribute:${attribute}`, 'details', 'attribute:');
    const cells = classesOf[attribute].map((name) => ({ name, ...table.at(name) }));
    return {
      attribute,
      counted: counted[attribute],
      coverage,
      classes: classes(cells, confusions[attribute]),
      unsure: table.at(unsure),
      total: addCells([...cells, table.at(unsure)]),
    };
  });
}

/** Shares of those who were not unsure; a share is given only where nothing of the distribution is hidden. */
function classes(
  cells: readonly (ShownCell & { readonly name: string })[],
  confusion: Confusion | undefined,
): readonly ShownClass[] {
  const known = cells.filter(({ name }) => name !== unsure && name !== notCounted);
  const complete = known.every(isComplete);
  const total = known.reduce((sum, { count }) => sum + (count ?? 0), 0);
  const corrected = complete && confusion ? corrections(known, confusion) : new Map<string, Figure>();
  return cells.map((cell) => {
    const counts = known.includes(cell) && complete && total > 0;
    const share = counts ? shareOf(cell.count ?? 0, total) : null;
    return {
      ...cell,
      share: share?.value ?? null,
      interval: share?.interval ?? null,
      corrected: corrected.get(cell.name) ?? null,
    };
  });
}

function corrections(
  cells: readonly (ShownCell & { readonly name: string })[],
  confusion: Confusion,
): ReadonlyMap<string, Figure> {
  const counts = confusion.classes.map((name) => cells.find((cell) => cell.name === name)?.count ?? 0);
  const shares = correctShares(counts, confusion) ?? [];
  return new Map(shares.flatMap((figure, i) => [[confusion.classes[i] ?? '', figure] as const]));
}

/** The steps of a histogram of durations, or null where something of it is hidden or nothing is published. */
export function completeSteps(published: Published, measure: 'dwell' | 'attention'): readonly Step[] | null {
  return stepsFrom(published.table(`duration:${measure}`, 'details'), 0);
}

/**
 * The same of the attention of watchers alone. Where the watching time lies within a step, those of the step who are
 * watchers are the ones that the steps above it leave; null where the step has not so many, as when the watching time was
 * changed meanwhile.
 */
export function watcherSteps(published: Published, watcherMs: number): readonly Step[] | null {
  const table = published.table('duration:attention', 'details');
  const whole = stepsFrom(table, watcherMs);
  if (whole === null || whole[0]?.fromMs === watcherMs) return whole;
  const watchers = published.blocks('details').reduce((sum, block) => sum + block.watchers, 0);
  const count = watchers - whole.reduce((sum, step) => sum + step.count, 0);
  const cut = table.at(String(durationStep(watcherMs)));
  return count < 0 || !isComplete(cut) || count > (cut.count ?? 0)
    ? null
    : [{ fromMs: watcherMs, toMs: whole[0]?.fromMs ?? null, count }, ...whole];
}

/** The steps that begin at `fromMs` or later. */
function stepsFrom(table: SummedTable, fromMs: number): readonly Step[] | null {
  const steps = durationEdgesMs.map((edge, i) => ({
    fromMs: edge,
    toMs: durationEdgesMs[i + 1] ?? null,
    cell: table.at(String(edge)),
  }));
  const asked = steps.filter((step) => step.fromMs >= fromMs);
  if (!asked.every(({ cell }) => isComplete(cell))) return null;
  return asked.map(({ fromMs: from, toMs, cell }) => ({ fromMs: from, toMs, count: cell.count ?? 0 }));
}

export interface DurationSums {
  readonly sumMs: number;
  readonly people: number;
  /** Steps for mean and median: of the people whom the sum is over. */
  readonly steps: readonly Step[] | null;
}

export function durationDistribution(
  published: Published,
  coverage: Coverage,
  measure: 'dwell' | 'attention',
  { sumMs, people, steps: ofPeople }: DurationSums,
): DurationDistribution {
  const table = published.table(`duration:${measure}`, 'details');
  const cells = durationEdgesMs.map((edge) => table.at(String(edge)));
  const total = addCells(cells);
  const steps: readonly DurationStep[] = cells.map((cell, i) => ({
    ...cell,
    fromMs: durationEdgesMs[i] ?? 0,
    toMs: durationEdgesMs[i + 1] ?? null,
    share: isComplete(cell) && isComplete(total) && total.count ? (cell.count ?? 0) / total.count : null,
  }));
  return {
    measure,
    coverage,
    steps,
    total,
    mean: mean(sumMs, people, ofPeople),
    median: ofPeople === null ? { value: null, interval: null } : median(ofPeople),
  };
}
