import type { AttributeName } from '../../contract/attributes.ts';
import type { Condition, ConditionGroup } from '../../contract/signage-rules.ts';
import { LeafEvaluator } from './leaf-evaluator.ts';
import type { Person } from './people.ts';

export interface RuleLimits {
  /** Attributes that the operator lets rules use. */
  readonly usable: readonly AttributeName[];
  /** Whether people read as minors count too. */
  readonly minorsCount: boolean;
}

type Node = LeafEvaluator | { readonly all: boolean; readonly nodes: readonly Node[] };

/** A rule's condition over time: fed with who is in view, it says whether it holds. No clock, no frame of its own. */
export class ConditionEvaluator {
  readonly leaves: readonly LeafEvaluator[];
  readonly #root: Node;
  #holds = false;

  constructor(when: ConditionGroup, limits: RuleLimits) {
    const leaves: LeafEvaluator[] = [];
    this.#root = build(when, limits, leaves);
    this.leaves = leaves;
  }

  get holds(): boolean {
    return this.#holds;
  }

  update(people: readonly Person[], nowMs: number): void {
    for (const leaf of this.leaves) leaf.update(people, nowMs);
    this.#holds = holds(this.#root);
  }
}

function build(condition: Condition, limits: RuleLimits, leaves: LeafEvaluator[]): Node {
  if (condition.kind === 'group') {
    return {
      all: condition.match === 'all',
      nodes: condition.conditions.map((member) => build(member, limits, leaves)),
    };
  }
  const switchedOff = condition.kind === 'trait' && !limits.usable.includes(condition.trait.attribute);
  const leaf = new LeafEvaluator(condition, { minorsCount: limits.minorsCount, switchedOff });
  leaves.push(leaf);
  return leaf;
}

function holds(node: Node): boolean {
  if (node instanceof LeafEvaluator) return node.holds;
  for (const member of node.nodes) if (holds(member) !== node.all) return !node.all;
  return node.all;
}
