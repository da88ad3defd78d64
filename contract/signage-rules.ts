import { z } from 'zod';
import type { AttributeName } from './attributes.ts';
import { attributeNames, expressionClasses, genderClasses, glassesClasses } from './attributes.ts';

/** Whom a condition is about: everybody in view, or those turned to the screen for at least the watcher time. */
export const audienceGroups = ['watchers', 'passers-by'] as const;
export type AudienceGroup = (typeof audienceGroups)[number];
export const comparisons = ['at-least', 'at-most'] as const;
export type Comparison = (typeof comparisons)[number];

/** The longest time a condition may look back. */
export const longestWindowMs = 60_000;

/**
 * Over which time a condition is judged. `mean`: its value is averaged over the time. `hold`: it has been true all the
 * time. 0 = at this moment.
 */
const windowSchema = z.object({
  overMs: z.int().min(0).max(longestWindowMs).default(3_000),
  how: z.enum(['mean', 'hold']).default('mean'),
});
export type RuleWindow = z.infer<typeof windowSchema>;

const unit = z.number().min(0).max(1);
const scale = <Name extends AttributeName>(name: Name) =>
  z
    .object({ attribute: z.literal(name), from: unit, to: unit })
    .refine(({ from, to }) => from <= to, 'ends before it begins');
const classes = <Name extends AttributeName, Class extends string>(name: Name, names: readonly [Class, ...Class[]]) =>
  z.object({ attribute: z.literal(name), is: z.array(z.enum(names)).min(1).max(names.length) });
const yesNo = <Name extends AttributeName>(name: Name) => z.object({ attribute: z.literal(name), is: z.boolean() });

/** Which people match: by one attribute. Bounds are included. Somebody whose value is unsure matches nothing. */
export const traitSchema = z.discriminatedUnion('attribute', [
  z
    .object({ attribute: z.literal('age'), fromYears: z.int().min(0).max(100), toYears: z.int().min(0).max(100) })
    .refine(({ fromYears, toYears }) => fromYears <= toYears, 'ends before it begins'),
  classes('gender', genderClasses),
  scale('smile'),
  classes('expression', expressionClasses),
  classes('glasses', glassesClasses),
  yesNo('eyeMakeup'),
  yesNo('lipMakeup'),
  scale('beard'),
  scale('moustache'),
  scale('sideburns'),
]);
export type Trait = z.infer<typeof traitSchema>;

const audience = { of: z.enum(audienceGroups).default('watchers'), window: windowSchema.prefault({}) };

/** How many people are there. */
const countConditionSchema = z.object({
  kind: z.literal('count'),
  ...audience,
  compare: z.enum(comparisons).default('at-least'),
  count: z.int().min(0).max(50),
});

/** How many of them, or which share, match a trait. A share of nobody holds in no comparison. */
const traitConditionSchema = z
  .object({
    kind: z.literal('trait'),
    ...audience,
    trait: traitSchema,
    measure: z.enum(['share', 'count']).default('share'),
    compare: z.enum(comparisons).default('at-least'),
    /** 0..1 for a share, a number of people for a count. */
    amount: z.number().min(0).max(50),
  })
  .refine(({ measure, amount }) => measure === 'count' || amount <= 1, 'a share is at most 1');

/** How long people have been in view (dwell) or turned to the screen (attention), as far as this visit goes. */
const durationConditionSchema = z.object({
  kind: z.literal('duration'),
  ...audience,
  measure: z.enum(['dwell', 'attention']),
  statistic: z.enum(['longest', 'mean']).default('longest'),
  compare: z.enum(comparisons).default('at-least'),
  seconds: z.number().min(0).max(3_600),
});

export const leafConditionSchema = z.discriminatedUnion('kind', [
  countConditionSchema,
  traitConditionSchema,
  durationConditionSchema,
]);
export type LeafCondition = z.infer<typeof leafConditionSchema>;
export type CountCondition = z.infer<typeof countConditionSchema>;
export type TraitCondition = z.infer<typeof traitConditionSchema>;
export type DurationCondition = z.infer<typeof durationConditionSchema>;

export interface ConditionGroup {
  kind: 'group';
  match: 'all' | 'any';
  conditions: Condition[];
}
export type Condition = LeafCondition | ConditionGroup;

/** Groups within groups within the rule's own group, and no deeper. */
export const deepestGroup = 3;
export const mostConditions = 20;

const matching = z.enum(['all', 'any']).default('all');
const members = <Member extends z.ZodType>(member: Member) => z.array(member).min(1).max(mostConditions);
const innermost = z.object({ kind: z.literal('group'), match: matching, conditions: members(leafConditionSchema) });
const inner = z.object({
  kind: z.literal('group'),
  match: matching,
  conditions: members(z.union([leafConditionSchema, innermost])),
});

/** A condition on the live audience as data; nothing of it is ever run as code. */
export const conditionGroupSchema: z.ZodType<ConditionGroup> = z
  .object({
    kind: z.literal('group'),
    match: matching,
    conditions: members(z.union([leafConditionSchema, inner])),
  })
  .refine((group) => leavesOf(group).length <= mostConditions, `has more than ${mostConditions} conditions`);

/** Prefers its item while a condition on the audience holds. */
export const audienceRuleSchema = z.object({
  when: conditionGroupSchema,
  /** The condition must have held this long before the item is chosen. */
  holdMs: z.int().min(0).max(60_000).default(1_000),
  /** Once chosen, the item stays at least this long, also when the condition no longer holds or another rule fires. */
  minShowMs: z.int().min(1_000).max(600_000).default(5_000),
  /** After it has played, the rule does not fire again for this long. */
  coolDownMs: z.int().min(0).max(86_400_000).default(30_000),
  /** Whether it cuts in (true) or waits for the end of the item on screen (false). */
  interrupt: z.boolean().default(true),
  /** Whether the item leaves before its time once the condition no longer holds (after `minShowMs`). */
  endWhenOver: z.boolean().default(false),
  /** Whether the item also takes its turn in the rotation, without the rule. */
  alsoWithout: z.boolean().default(false),
});
export type AudienceRule = z.infer<typeof audienceRuleSchema>;

/** All conditions of a group that are not groups, in the order in which they stand (depth first). */
export function leavesOf(group: ConditionGroup): readonly LeafCondition[] {
  return group.conditions.flatMap((condition) => (condition.kind === 'group' ? leavesOf(condition) : [condition]));
}

/** The attributes that a rule is about, each once. */
export function attributesUsed(group: ConditionGroup): readonly AttributeName[] {
  const used = leavesOf(group).flatMap((leaf) => (leaf.kind === 'trait' ? [leaf.trait.attribute] : []));
  return attributeNames.filter((name) => used.includes(name));
}

/**
 * Rules may use what the operator has left switched on for showing and for counting. A condition on any other attribute
 * never holds, and the editor says so.
 */
export function usableAttributes(
  shown: Readonly<Record<AttributeName, boolean>>,
  counted: Readonly<Record<AttributeName, boolean>>,
): readonly AttributeName[] {
  return attributeNames.filter((name) => shown[name] && counted[name]);
}
