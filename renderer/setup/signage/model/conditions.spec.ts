import { describe, expect, it } from 'vitest';
import { attributeNames } from '../../../../contract/attributes.ts';
import { playlistSchema } from '../../../../contract/signage.ts';
import type { ConditionGroup, LeafCondition } from '../../../../contract/signage-rules.ts';
import { audienceRuleSchema, leavesOf } from '../../../../contract/signage-rules.ts';
import {
  addTo,
  issuePath,
  leafPaths,
  mayNest,
  newCondition,
  newRule,
  newTrait,
  removeAt,
  replaceAt,
  setMatch,
  subjectOf,
  subjects,
} from './conditions.ts';
import { checkPlaylist, hasInvalid, invalidOf } from './playlist-check.ts';
import { hasAmount, quantifierOf, quantifiers, withQuantifier } from './quantifier.ts';

const count = (people: number): LeafCondition => ({
  ...(newCondition('count') as Extract<LeafCondition, { kind: 'count' }>),
  count: people,
});
const group = (...conditions: ConditionGroup['conditions']): ConditionGroup => ({
  kind: 'group',
  match: 'all',
  conditions,
});
const counts = (of: ConditionGroup) => leavesOf(of).map((leaf) => (leaf.kind === 'count' ? leaf.count : leaf.kind));
const nested = group(count(1), group(count(2), count(3)), count(4));

describe('conditions of a rule', () => {
  it('begins with a rule that may be saved', () => {
    expect(audienceRuleSchema.parse(newRule())).toEqual(newRule());
  });

  it.each(subjects)('begins a condition on %s that the schema takes as it is', (subject) => {
    const rule = { ...newRule(), when: group(newCondition(subject)) };
    expect(audienceRuleSchema.parse(rule)).toEqual(rule);
    expect(subjectOf(newCondition(subject))).toBe(subject);
  });

  it.each(attributeNames)('can ask for %s', (attribute) => {
    const condition = { ...newCondition('trait'), trait: newTrait(attribute) } as LeafCondition;
    expect(audienceRuleSchema.safeParse({ when: group(condition) }).success).toBe(true);
  });

  it('keeps whom and over which time it asks when it is about something else', () => {
    const before = { ...count(2), of: 'passers-by', window: { overMs: 8_000, how: 'hold' } } as LeafCondition;
    expect(newCondition('dwell', before)).toMatchObject({ of: 'passers-by', window: { overMs: 8_000, how: 'hold' } });
  });

  it('changes, adds and removes at any depth and leaves the rest alone', () => {
    expect(counts(replaceAt(nested, [1, 0], count(9)))).toEqual([1, 9, 3, 4]);
    expect(counts(addTo(nested, [1], count(9)))).toEqual([1, 2, 3, 9, 4]);
    expect(counts(addTo(nested, [], count(9)))).toEqual([1, 2, 3, 4, 9]);
    expect(counts(removeAt(nested, [1, 1]))).toEqual([1, 2, 4]);
    expect(counts(removeAt(nested, [1]))).toEqual([1, 4]);
    expect(setMatch(nested, [1], 'any').conditions[1]).toMatchObject({ match: 'any' });
    expect(counts(nested)).toEqual([1, 2, 3, 4]);
  });

  it('takes an emptied group away, but never the last condition', () => {
    const one = removeAt(nested, [1, 1]);
    expect(removeAt(one, [1, 0]).conditions).toHaveLength(2);
    const single = group(count(1));
    expect(removeAt(single, [0])).toBe(single);
    const wrapped = group(group(count(1)));
    expect(removeAt(wrapped, [0, 0])).toBe(wrapped);
    expect(removeAt(wrapped, [0])).toBe(wrapped);
  });

  it('names the places as the schema does, in the order of the test', () => {
    expect(leafPaths(nested)).toEqual([[0], [1, 0], [1, 1], [2]]);
    expect(issuePath([1, 0])).toBe('when.conditions.1.conditions.0');
  });

  it('nests as deep as the schema allows and no deeper', () => {
    const deep = (levels: number): ConditionGroup => (levels === 1 ? group(count(1)) : group(deep(levels - 1)));
    const takes = (levels: number) => audienceRuleSchema.safeParse({ when: deep(levels) }).success;
    expect([takes(1), takes(2), takes(3), takes(4)]).toEqual([true, mayNest([]), mayNest([0]), mayNest([0, 0])]);
    expect(mayNest([0, 0])).toBe(false);
  });
});

describe('what is wrong with a rule', () => {
  const withRule = (when: ConditionGroup, change = {}) =>
    checkPlaylist({
      ...playlistSchema.parse({ name: 'x', items: [{ kind: 'image', id: 'a', name: 'A', file: 'a.png' }] }),
      items: [
        {
          ...playlistSchema.parse({ name: 'x', items: [{ kind: 'image', id: 'a', name: 'A', file: 'a.png' }] })
            .items[0],
          audience: { ...newRule(), when, ...change },
        } as never,
      ],
    });

  it('is found at its field, also deep inside', () => {
    expect([...invalidOf(withRule(group(count(Number.NaN))), 'a')]).toEqual(['audience.when.conditions.0.count']);
    const deep = withRule(group(count(1), group(count(2), group(count(99)))));
    expect([...invalidOf(deep, 'a')]).toEqual(['audience.when.conditions.1.conditions.1.conditions.0.count']);
  });

  it('is found in ages that end before they begin, in empty choices and in times', () => {
    const ages = { ...newCondition('trait'), trait: { attribute: 'age', fromYears: 40, toYears: 20 } } as LeafCondition;
    expect(hasInvalid(invalidOf(withRule(group(ages)), 'a'), 'audience.when.conditions.0.trait')).toBe(true);
    const nobody = { ...newCondition('trait'), trait: { attribute: 'glasses', is: [] } } as LeafCondition;
    expect([...invalidOf(withRule(group(nobody)), 'a')]).toEqual(['audience.when.conditions.0.trait.is']);
    expect([...invalidOf(withRule(group(count(1)), { holdMs: Number.NaN }), 'a')]).toEqual(['audience.holdMs']);
  });
});

describe('quantifiers', () => {
  it.each(quantifiers)('says %s and understands it again', (quantifier) => {
    const amount = withQuantifier(quantifier, { measure: 'share', compare: 'at-least', amount: 0.3 });
    expect(quantifierOf(amount)).toBe(quantifier);
    expect(
      audienceRuleSchema.safeParse({ when: group({ ...newCondition('trait'), ...amount } as LeafCondition) }).success,
    ).toBe(true);
  });

  it('keeps the number where both have one of the same kind', () => {
    expect(withQuantifier('share-at-most', { measure: 'share', compare: 'at-least', amount: 0.3 }).amount).toBe(0.3);
    expect(withQuantifier('count-at-most', { measure: 'share', compare: 'at-least', amount: 0.3 }).amount).toBe(2);
    expect(
      withQuantifier('share-at-least', withQuantifier('most', { measure: 'count', compare: 'at-most', amount: 4 }))
        .amount,
    ).toBe(0.5);
  });

  it('keeps the form with a number although a word would say the same', () => {
    expect(quantifierOf({ measure: 'share', compare: 'at-least', amount: 1 }, true)).toBe('share-at-least');
    expect(hasAmount('all')).toBe(false);
  });
});
