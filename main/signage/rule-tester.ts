import type { RuleTest } from '../../contract/signage-ipc.ts';
import type { ConditionGroup } from '../../contract/signage-rules.ts';
import type { Clock } from '../vision/clock.ts';
import type { RuleLimits } from './condition-evaluator.ts';
import { ConditionEvaluator } from './condition-evaluator.ts';
import type { Person } from './people.ts';

/** After so long without a question, nobody is testing any more. */
const forgetAfterMs = 5_000;

/** One condition at a time, evaluated live while the operator builds it. */
export class RuleTester {
  readonly #clock: Clock;
  #tested: { readonly key: string; readonly evaluator: ConditionEvaluator } | null = null;
  #askedMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  test(when: ConditionGroup, limits: RuleLimits, people: readonly Person[]): Pick<RuleTest, 'holds' | 'leaves'> {
    this.#askedMs = this.#clock.now();
    const key = JSON.stringify([when, limits]);
    if (this.#tested?.key !== key) this.#tested = { key, evaluator: new ConditionEvaluator(when, limits) };
    const { evaluator } = this.#tested;
    evaluator.update(people, this.#askedMs);
    return {
      holds: evaluator.holds,
      leaves: evaluator.leaves.map(({ value, holds, switchedOff }) => ({ value, holds, switchedOff })),
    };
  }

  /** With each frame, while somebody asks. */
  update(people: readonly Person[]): void {
    const now = this.#clock.now();
    if (now - this.#askedMs > forgetAfterMs) this.#tested = null;
    this.#tested?.evaluator.update(people, now);
  }
}
