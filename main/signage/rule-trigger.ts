import type { AudienceRule } from '../../contract/signage-rules.ts';
import type { RuleLimits } from './condition-evaluator.ts';
import { ConditionEvaluator } from './condition-evaluator.ts';
import type { Person } from './people.ts';

/** A rule with its hold time and cool-down: what keeps the screen from flickering at the edge of a condition. */
export class RuleTrigger {
  readonly #rule: AudienceRule;
  readonly #condition: ConditionEvaluator;
  #heldSinceMs: number | null = null;
  #coolUntilMs = Number.NEGATIVE_INFINITY;

  constructor(rule: AudienceRule, limits: RuleLimits) {
    this.#rule = rule;
    this.#condition = new ConditionEvaluator(rule.when, limits);
  }

  update(people: readonly Person[], nowMs: number): void {
    this.#condition.update(people, nowMs);
    if (this.#condition.holds) this.#heldSinceMs ??= nowMs;
    else this.#heldSinceMs = null;
  }

  /** The condition holds at this moment, whatever the times say. */
  get holds(): boolean {
    return this.#condition.holds;
  }

  /** Its item is to be preferred: the condition has held for the hold time, and the cool-down is over. */
  fires(nowMs: number): boolean {
    return this.#heldSinceMs !== null && nowMs - this.#heldSinceMs >= this.#rule.holdMs && nowMs >= this.#coolUntilMs;
  }

  /** Its item has been shown because of it, up to now. */
  played(nowMs: number): void {
    this.#coolUntilMs = nowMs + this.#rule.coolDownMs;
  }

  /** Goes on with the cool-down of the trigger it replaces, whose rule was edited or whose limits changed. */
  inherit(before: RuleTrigger): void {
    this.#coolUntilMs = before.#coolUntilMs;
  }
}
