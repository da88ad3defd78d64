import type { TraitCondition } from '../../../../contract/signage-rules.ts';

/**
 * How many of the people a condition on an attribute asks for, as one would say it. The first three have their number
 * in the word.
 */
export const quantifiers = [
  'most',
  'all',
  'none',
  'share-at-least',
  'share-at-most',
  'count-at-least',
  'count-at-most',
] as const;
export type Quantifier = (typeof quantifiers)[number];

type Amount = Pick<TraitCondition, 'measure' | 'compare' | 'amount'>;

/** More than half. */
const most = 0.51;

const fixed = {
  most: { measure: 'share', compare: 'at-least', amount: most },
  all: { measure: 'share', compare: 'at-least', amount: 1 },
  none: { measure: 'count', compare: 'at-most', amount: 0 },
} as const satisfies Partial<Record<Quantifier, Amount>>;

export const hasAmount = (quantifier: Quantifier): boolean => !(quantifier in fixed);
export const isShare = (quantifier: Quantifier): boolean => quantifier.startsWith('share');

/**
 * The word for what a condition says.
 * @param spelledOut the operator chose the form with a number, which stays although a word would say the same
 */
export function quantifierOf({ measure, compare, amount }: Amount, spelledOut = false): Quantifier {
  for (const word of ['most', 'all', 'none'] as const) {
    const known = fixed[word];
    if (!spelledOut && known.measure === measure && known.compare === compare && known.amount === amount) return word;
  }
  return `${measure}-${compare}`;
}

/** What a condition says once another word is chosen; the number stays where it still makes sense. */
export function withQuantifier(quantifier: Quantifier, before: Amount): Amount {
  if (quantifier === 'most' || quantifier === 'all' || quantifier === 'none') return { ...fixed[quantifier] };
  const measure = isShare(quantifier) ? 'share' : 'count';
  const compare = quantifier.endsWith('at-least') ? 'at-least' : 'at-most';
  const amount = before.measure === measure && !isWord(before) ? before.amount : measure === 'share' ? 0.5 : 2;
  return { measure, compare, amount };
}

const isWord = (amount: Amount): boolean => !hasAmount(quantifierOf(amount));
