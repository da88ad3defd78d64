import { describe, expect, it } from 'vitest';
import type { AttributeName, AttributeReading, FusedAttributes } from '../../contract/attributes.ts';
import { ageBandOf, attributeNames } from '../../contract/attributes.ts';
import type { FrameResult, TrackedFace } from '../../contract/frame-result.ts';
import type { AudienceRule } from '../../contract/signage-rules.ts';
import { audienceRuleSchema, conditionGroupSchema } from '../../contract/signage-rules.ts';
import { ConditionEvaluator } from './condition-evaluator.ts';
import { People } from './people.ts';
import { RuleTrigger } from './rule-trigger.ts';

interface Somebody {
  readonly id: number;
  readonly years?: number;
  readonly spread?: number;
  readonly gender?: 'female' | 'male' | null;
  readonly facing?: boolean;
  readonly smile?: number;
  readonly unread?: boolean;
}

function fused({ years = 30, spread = 4, gender = 'female', smile = 0.2 }: Somebody): FusedAttributes {
  const combined: AttributeReading = {
    age: { years, spread },
    gender: { female: gender === 'male' ? 0.1 : 0.9 },
    smile,
    expression: { neutral: 1, happiness: 0, surprise: 0, sadness: 0, anger: 0, disgust: 0, fear: 0, contempt: 0 },
    glasses: { none: 1, glasses: 0, sunglasses: 0 },
    eyeMakeup: 0,
    lipMakeup: 0,
    beard: 0,
    moustache: 0,
    sideburns: 0,
  };
  const sure = <Value>(value: Value) => ({ value, confidence: 0.9 });
  return {
    readings: 5,
    combined,
    age: sure({ years, spread, band: ageBandOf(years) }),
    gender: sure(gender),
    smile: sure(smile),
    expression: sure('neutral' as const),
    glasses: sure('none' as const),
    eyeMakeup: sure(false),
    lipMakeup: sure(false),
    beard: sure(0),
    moustache: sure(0),
    sideburns: sure(0),
  };
}

function face(somebody: Somebody): TrackedFace {
  return {
    trackId: somebody.id,
    box: { x: 0, y: 0, width: 80, height: 100 },
    score: 0.9,
    quality: 0.8,
    readability: 'read',
    facing: somebody.facing ?? true,
    detected: true,
    attributes: somebody.unread ? null : fused(somebody),
  };
}

const frameMs = 40;

/** People before a rule, frame by frame. */
class Stand {
  readonly people = new People(500);
  readonly #update: (nowMs: number) => void;
  nowMs = 0;
  #sequence = 0;

  constructor(update: (people: People, nowMs: number) => void) {
    this.#update = (nowMs) => update(this.people, nowMs);
  }

  show(present: readonly Somebody[], forMs: number, each: () => void = () => {}): void {
    for (const end = this.nowMs + forMs; this.nowMs < end; ) {
      this.nowMs += frameMs;
      this.#sequence += 1;
      this.people.update({
        sequence: this.#sequence,
        timeMs: this.nowMs,
        faces: present.map(face),
      } as unknown as FrameResult);
      this.#update(this.nowMs);
      each();
    }
  }

  /** The source says nothing; the kiosk notices and takes nobody to be there. */
  silence(forMs: number): void {
    this.people.clear();
    for (const end = this.nowMs + forMs; this.nowMs < end; ) {
      this.nowMs += 200;
      this.#update(this.nowMs);
    }
  }
}

const limits = { usable: attributeNames as readonly AttributeName[], minorsCount: false };

function conditionOf(conditions: unknown[], match = 'all', with_ = limits) {
  const condition = new ConditionEvaluator(conditionGroupSchema.parse({ kind: 'group', match, conditions }), with_);
  return { condition, stand: new Stand((people, nowMs) => condition.update(people.present, nowMs)) };
}

const now = { overMs: 0 };
const twoWatchers = { kind: 'count', count: 2, window: now };
const mostlyYoung = {
  kind: 'trait',
  trait: { attribute: 'age', fromYears: 20, toYears: 35 },
  measure: 'share',
  amount: 0.6,
  window: now,
};

describe('conditions at this moment', () => {
  it('counts watchers only once they have looked for the watcher time', () => {
    const { condition, stand } = conditionOf([twoWatchers]);
    stand.show([{ id: 1 }, { id: 2 }], 400);
    expect(condition.holds).toBe(false);
    stand.show([{ id: 1 }, { id: 2 }], 300);
    expect(condition.holds).toBe(true);
    stand.show([{ id: 1 }, { id: 2, facing: false }], 900);
    expect(condition.holds).toBe(true);
    stand.show([{ id: 1 }, { id: 2, facing: false }], 300);
    expect(condition.holds).toBe(false);
  });

  it('takes the share of those who match a trait, and a share of nobody holds in no comparison', () => {
    const { condition, stand } = conditionOf([mostlyYoung]);
    const atMost = conditionOf([{ ...mostlyYoung, compare: 'at-most' }]);
    stand.show(
      [
        { id: 1, years: 28 },
        { id: 2, years: 33 },
        { id: 3, years: 50 },
      ],
      1000,
    );
    expect(condition.leaves[0]?.value).toBeCloseTo(2 / 3);
    expect(condition.holds).toBe(true);
    stand.show(
      [
        { id: 1, years: 28 },
        { id: 3, years: 50 },
      ],
      200,
    );
    expect(condition.holds).toBe(false);
    stand.show([], 1000);
    expect(condition.leaves[0]?.value).toBe(null);
    expect(condition.holds).toBe(false);
    atMost.stand.show([], 1000);
    expect(atMost.condition.holds).toBe(false);
  });

  it('knows attention and dwell', () => {
    const { condition, stand } = conditionOf([
      { kind: 'duration', measure: 'attention', seconds: 3, window: now },
      { kind: 'duration', of: 'passers-by', measure: 'dwell', statistic: 'mean', seconds: 4, window: now },
    ]);
    stand.show([{ id: 1 }, { id: 2, facing: false }], 3500);
    expect(condition.leaves.map(({ holds }) => holds)).toEqual([true, false]);
    stand.show([{ id: 1 }, { id: 2, facing: false }], 1000);
    expect(condition.holds).toBe(true);
  });

  it('joins groups by all and any', () => {
    const group = { kind: 'group', match: 'any', conditions: [mostlyYoung, { kind: 'count', count: 3, window: now }] };
    const { condition, stand } = conditionOf([twoWatchers, group]);
    stand.show(
      [
        { id: 1, years: 50 },
        { id: 2, years: 60 },
      ],
      1000,
    );
    expect(condition.holds).toBe(false);
    stand.show(
      [
        { id: 1, years: 50 },
        { id: 2, years: 60 },
        { id: 3, years: 44 },
      ],
      1000,
    );
    expect(condition.holds).toBe(true);
  });

  it('is data with limits: no deeper than three groups, no more than twenty conditions', () => {
    const leaf = { kind: 'count', count: 1 };
    const nested = (depth: number): unknown => ({
      kind: 'group',
      conditions: [depth > 1 ? nested(depth - 1) : leaf],
    });
    expect(conditionGroupSchema.safeParse(nested(3)).success).toBe(true);
    expect(conditionGroupSchema.safeParse(nested(4)).success).toBe(false);
    const many = {
      kind: 'group',
      conditions: Array.from({ length: 3 }, () => ({ kind: 'group', conditions: Array(7).fill(leaf) })),
    };
    expect(conditionGroupSchema.safeParse(many).success).toBe(false);
  });
});

describe('windows', () => {
  it('averages people over the time, and waits until the time has passed', () => {
    const { condition, stand } = conditionOf([{ kind: 'count', count: 2, window: { overMs: 5000, how: 'mean' } }]);
    const both = [{ id: 1 }, { id: 2 }];
    stand.show(both, 4000);
    expect(condition.holds).toBe(false);
    stand.show(both, 3000);
    expect(condition.holds).toBe(true);
    // A face lost for a moment pulls the mean down only a little; with three people it stays over two.
    stand.show([...both, { id: 3 }], 5000);
    stand.show([{ id: 1 }], 800);
    expect(condition.holds).toBe(true);
    stand.show([{ id: 1 }], 3000);
    expect(condition.holds).toBe(false);
  });

  it('weighs a share by people and time: a moment with nobody does not count', () => {
    const { condition, stand } = conditionOf([{ ...mostlyYoung, window: { overMs: 5000, how: 'mean' } }]);
    stand.show([{ id: 1, years: 25 }], 3500);
    stand.show([], 2000);
    expect(condition.leaves[0]?.value).toBe(1);
    expect(condition.holds).toBe(true);
  });

  it('`hold` starts anew with every break', () => {
    const { condition, stand } = conditionOf([{ kind: 'count', count: 1, window: { overMs: 2000, how: 'hold' } }]);
    stand.show([{ id: 1 }], 2400);
    expect(condition.holds).toBe(false);
    stand.show([{ id: 1 }], 300);
    expect(condition.holds).toBe(true);
    stand.show([], 100);
    stand.show([{ id: 2 }], 1500);
    expect(condition.holds).toBe(false);
  });

  it('a source that is lost is no audience', () => {
    const { condition, stand } = conditionOf([{ kind: 'count', count: 1, window: { overMs: 3000, how: 'mean' } }]);
    stand.show([{ id: 1 }], 6000);
    expect(condition.holds).toBe(true);
    stand.silence(2000);
    expect(condition.holds).toBe(false);
  });
});

describe('privacy', () => {
  it('somebody read as a minor counts for nothing', () => {
    const { condition, stand } = conditionOf([{ kind: 'count', count: 1, window: now }, mostlyYoung], 'any');
    stand.show([{ id: 1, years: 15 }], 3000);
    expect(condition.holds).toBe(false);
    stand.show(
      [
        { id: 1, years: 15 },
        { id: 2, years: 40 },
      ],
      3000,
    );
    expect(condition.leaves.map(({ value }) => value)).toEqual([1, 0]);
  });

  it('who is not surely adult has no traits for rules', () => {
    const { condition, stand } = conditionOf([mostlyYoung]);
    stand.show([{ id: 1, years: 22, spread: 6 }], 3000);
    expect(condition.leaves[0]?.value).toBe(null);
    stand.show([{ id: 1, years: 22, spread: 3 }], 3000);
    expect(condition.holds).toBe(true);
    stand.show([{ id: 9, unread: true }], 3000);
    expect(condition.holds).toBe(false);
  });

  it('both count once the operator says so', () => {
    const { condition, stand } = conditionOf(
      [
        { kind: 'count', count: 1, window: now },
        { ...mostlyYoung, trait: { attribute: 'age', fromYears: 10, toYears: 17 } },
      ],
      'all',
      { ...limits, minorsCount: true },
    );
    stand.show([{ id: 1, years: 15 }], 3000);
    expect(condition.holds).toBe(true);
  });

  it('an attribute that is switched off never holds, in either comparison', () => {
    const smiling = { kind: 'trait', trait: { attribute: 'smile', from: 0, to: 1 }, amount: 0, window: now };
    const without = { ...limits, usable: ['age', 'gender'] as const };
    const { condition, stand } = conditionOf([smiling, { ...smiling, compare: 'at-most', amount: 1 }], 'any', without);
    stand.show([{ id: 1 }], 2000);
    expect(condition.holds).toBe(false);
    expect(condition.leaves[0]).toMatchObject({ value: null, switchedOff: true });
  });
});

describe('hold time and cool-down', () => {
  function triggerOf(rule: Partial<AudienceRule>) {
    const when = {
      kind: 'group',
      match: 'all',
      conditions: [{ kind: 'count', count: 1, of: 'passers-by', window: now }],
    };
    const trigger = new RuleTrigger(audienceRuleSchema.parse({ when, ...rule }), limits);
    return { trigger, stand: new Stand((people, nowMs) => trigger.update(people.present, nowMs)) };
  }

  it('somebody who flickers in and out never fires it', () => {
    const { trigger, stand } = triggerOf({ holdMs: 1000 });
    let fired = 0;
    for (let i = 0; i < 20; i++) {
      stand.show([{ id: i }], 900, () => (fired += trigger.fires(stand.nowMs) ? 1 : 0));
      stand.show([], 80);
    }
    expect(fired).toBe(0);
    stand.show([{ id: 100 }], 1100);
    expect(trigger.fires(stand.nowMs)).toBe(true);
  });

  it('does not fire again before the cool-down is over, also after an edit', () => {
    const { trigger, stand } = triggerOf({ holdMs: 0, coolDownMs: 10_000 });
    stand.show([{ id: 1 }], 200);
    expect(trigger.fires(stand.nowMs)).toBe(true);
    trigger.played(stand.nowMs);
    stand.show([{ id: 1 }], 9_900);
    expect(trigger.fires(stand.nowMs)).toBe(false);
    const edited = triggerOf({ holdMs: 0, coolDownMs: 10_000 }).trigger;
    edited.inherit(trigger);
    edited.update(stand.people.present, stand.nowMs);
    expect(edited.fires(stand.nowMs)).toBe(false);
    stand.show([{ id: 1 }], 200);
    expect(trigger.fires(stand.nowMs)).toBe(true);
  });
});
