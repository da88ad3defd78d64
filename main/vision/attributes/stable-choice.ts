import type { Estimate } from '../../../contract/attributes.ts';

/** How far the probability of a shown answer may fall below the limit before it is taken back. */
const slack = 0.12;

/**
 * The answer that is shown for a question with few answers: none while no probability reaches the limit; once given,
 * it stays until it has become clearly improbable or another answer reaches the limit.
 */
export class StableChoice<Label extends string> {
  readonly #limits: Readonly<Record<Label, number>>;
  #shown: Label | null = null;

  /** @param limits least probability of each answer, 0..1 */
  constructor(limits: Readonly<Record<Label, number>>) {
    this.#limits = limits;
  }

  update(probabilities: Readonly<Record<Label, number>>): Estimate<Label> {
    const labels = Object.keys(probabilities) as Label[];
    const best = labels.reduce((a, b) => (probabilities[b] > probabilities[a] ? b : a));
    if (probabilities[best] >= this.#limits[best]) this.#shown = best;
    else if (this.#shown !== null && probabilities[this.#shown] < this.#limits[this.#shown] - slack) this.#shown = null;
    return { value: this.#shown, confidence: probabilities[this.#shown ?? best] };
  }
}
