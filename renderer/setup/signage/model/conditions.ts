import type { AttributeName } from '../../../../contract/attributes.ts';
import type {
  AudienceRule,
  Condition,
  ConditionGroup,
  LeafCondition,
  RuleWindow,
  Trait,
} from '../../../../contract/signage-rules.ts';
import { audienceRuleSchema, deepestGroup, leavesOf, mostConditions } from '../../../../contract/signage-rules.ts';

/** Where a condition stands: its index in the rule's own group, then in the group found there, and so on. */
export type ConditionPath = readonly number[];

/** What a condition can be about, as the operator chooses it. */
export const subjects = ['count', 'trait', 'dwell', 'attention'] as const;
export type Subject = (typeof subjects)[number];

export const subjectOf = (leaf: LeafCondition): Subject => (leaf.kind === 'duration' ? leaf.measure : leaf.kind);

const window: RuleWindow = { overMs: 5_000, how: 'mean' };

/** A condition that makes sense as it is, and keeps from the one before it what both have. */
export function newCondition(subject: Subject, before?: LeafCondition): LeafCondition {
  const kept = { of: before?.of ?? 'watchers', window: before?.window ?? window } as const;
  const compare = 'at-least' as const;
  if (subject === 'count') return { kind: 'count', ...kept, compare, count: 2 };
  if (subject === 'trait') {
    return { kind: 'trait', ...kept, trait: newTrait('age'), measure: 'share', compare, amount: 0.51 };
  }
  return { kind: 'duration', ...kept, measure: subject, statistic: 'longest', compare, seconds: 10 };
}

/** The people one would mean by an attribute at first. */
export function newTrait(attribute: AttributeName): Trait {
  switch (attribute) {
    case 'age':
      return { attribute, fromYears: 20, toYears: 35 };
    case 'gender':
      return { attribute, is: ['female'] };
    case 'expression':
      return { attribute, is: ['happiness'] };
    case 'glasses':
      return { attribute, is: ['glasses'] };
    case 'eyeMakeup':
    case 'lipMakeup':
      return { attribute, is: true };
    default:
      return { attribute, from: 0.5, to: 1 };
  }
}

export function newRule(): AudienceRule {
  return audienceRuleSchema.parse({ when: { kind: 'group', conditions: [newCondition('count')] } });
}

/** "Any of": in a rule of which all must hold, the reason to nest at all. */
export function newGroup(): ConditionGroup {
  return { kind: 'group', match: 'any', conditions: [newCondition('trait')] };
}

/** Puts a condition in the place of the one at `path`. */
export function replaceAt(group: ConditionGroup, path: ConditionPath, condition: Condition): ConditionGroup {
  return within(group, path, (members, index) => members.toSpliced(index, 1, condition));
}

/** A group that would be left empty goes too; the rule's last condition stays. */
export function removeAt(group: ConditionGroup, path: ConditionPath): ConditionGroup {
  if (path.length === 0 || leavesOf(group).length <= leavesUnder(group, path)) return group;
  const parent = groupAt(group, path.slice(0, -1));
  if (parent && parent.conditions.length === 1) return removeAt(group, path.slice(0, -1));
  return within(group, path, (members, index) => members.toSpliced(index, 1));
}

/** @param path of the group it is added to; empty = the rule's own */
export function addTo(group: ConditionGroup, path: ConditionPath, condition: Condition): ConditionGroup {
  return changeGroup(group, path, (found) => ({ ...found, conditions: [...found.conditions, condition] }));
}

export function setMatch(group: ConditionGroup, path: ConditionPath, match: ConditionGroup['match']): ConditionGroup {
  return changeGroup(group, path, (found) => ({ ...found, match }));
}

/** Whether a group may stand in the group at `path`. */
export const mayNest = (path: ConditionPath): boolean => path.length + 1 < deepestGroup;
export const isFull = (group: ConditionGroup): boolean => leavesOf(group).length >= mostConditions;

/** The path of each condition, in the order of `leavesOf`. */
export function leafPaths(group: ConditionGroup, above: ConditionPath = []): readonly ConditionPath[] {
  return group.conditions.flatMap((condition, index) =>
    condition.kind === 'group' ? leafPaths(condition, [...above, index]) : [[...above, index]],
  );
}

/** How the path stands in the issues of the schema, from the rule on. */
export const issuePath = (path: ConditionPath): string =>
  ['when', ...path.flatMap((at) => ['conditions', at])].join('.');

function groupAt(group: ConditionGroup, path: ConditionPath): ConditionGroup | null {
  let found: ConditionGroup = group;
  for (const index of path) {
    const next = found.conditions[index];
    if (next?.kind !== 'group') return null;
    found = next;
  }
  return found;
}

function leavesUnder(group: ConditionGroup, path: ConditionPath): number {
  const found = groupAt(group, path);
  return found ? leavesOf(found).length : 1;
}

function changeGroup(
  group: ConditionGroup,
  path: ConditionPath,
  change: (group: ConditionGroup) => ConditionGroup,
): ConditionGroup {
  const [index, ...rest] = path;
  if (index === undefined) return change(group);
  const inner = group.conditions[index];
  if (inner?.kind !== 'group') return group;
  return { ...group, conditions: group.conditions.toSpliced(index, 1, changeGroup(inner, rest, change)) };
}

function within(
  group: ConditionGroup,
  path: ConditionPath,
  change: (members: Condition[], index: number) => Condition[],
): ConditionGroup {
  const index = path.at(-1);
  if (index === undefined) return group;
  return changeGroup(group, path.slice(0, -1), (found) => ({ ...found, conditions: change(found.conditions, index) }));
}
