import type { LeafCondition } from '../../contract/signage-rules.ts';
import type { Person } from './people.ts';
import { isReadAsMinor, isSurelyAdult } from './people.ts';
import { SlidingSums } from './sliding-sums.ts';
import { matchesTrait } from './trait-match.ts';

/** The longest time for which what was seen last is taken to go on: beyond, nobody knows. */
const longestStepMs = 2_000;

/** One condition of a rule over time. */
export class LeafEvaluator {
  readonly #leaf: LeafCondition;
  readonly #minorsCount: boolean;
  readonly #sums: SlidingSums | null;
  readonly switchedOff: boolean;
  #over = 0;
  #under = 0;
  #updatedMs: number | null = null;
  #heldSinceMs: number | null = null;
  #value: number | null = null;
  #holds = false;

  /** @param switchedOff the attribute it is about may not be used: it never holds and is never looked at */
  constructor(leaf: LeafCondition, { minorsCount, switchedOff }: { minorsCount: boolean; switchedOff: boolean }) {
    this.#leaf = leaf;
    this.#minorsCount = minorsCount;
    this.switchedOff = switchedOff;
    const { overMs, how } = leaf.window;
    this.#sums = overMs > 0 && how === 'mean' ? new SlidingSums(overMs) : null;
  }

  /** People, a share 0..1 or seconds; null = nobody to have one, or not yet looked at for long enough. */
  get value(): number | null {
    return this.#value;
  }

  get holds(): boolean {
    return this.#holds;
  }

  /** @param nowMs a clock that never goes back */
  update(people: readonly Person[], nowMs: number): void {
    if (this.switchedOff) return;
    if (this.#sums !== null && this.#updatedMs !== null) {
      const elapsed = Math.min(nowMs - this.#updatedMs, longestStepMs);
      this.#sums.add(nowMs, elapsed, this.#over, this.#under);
    }
    this.#updatedMs = nowMs;
    this.#look(people);
    const now = this.#under > 0 ? this.#over / this.#under : null;
    this.#value = this.#sums === null ? now : this.#sums.ratio();
    const meets = this.#value !== null && this.#compare(this.#value);
    const { overMs, how } = this.#leaf.window;
    if (!meets) this.#heldSinceMs = null;
    else this.#heldSinceMs ??= nowMs;
    this.#holds = meets && (how === 'mean' || nowMs - (this.#heldSinceMs ?? nowMs) >= overMs);
  }

  /** Sets numerator and denominator of the value at this moment. */
  #look(people: readonly Person[]): void {
    this.#over = 0;
    this.#under = 0;
    for (const person of people) if (this.#counts(person)) this.#take(person);
    const leaf = this.#leaf;
    if (leaf.kind === 'count' || (leaf.kind === 'trait' && leaf.measure === 'count')) this.#under = 1;
    else if (leaf.kind === 'duration' && leaf.statistic === 'longest' && this.#under > 0) this.#under = 1;
  }

  #counts(person: Person): boolean {
    if (this.#leaf.of === 'watchers' && !person.watching) return false;
    if (this.#minorsCount) return true;
    // Whose traits are asked about has to be an adult for certain; elsewhere it is enough not to be read as a minor.
    return this.#leaf.kind === 'trait' ? isSurelyAdult(person) : !isReadAsMinor(person);
  }

  #take(person: Person): void {
    const leaf = this.#leaf;
    this.#under += 1;
    if (leaf.kind === 'count') this.#over += 1;
    else if (leaf.kind === 'trait') {
      if (person.attributes !== null && matchesTrait(person.attributes, leaf.trait)) this.#over += 1;
    } else {
      const seconds = (leaf.measure === 'dwell' ? person.dwellMs : person.attentionMs) / 1000;
      this.#over = leaf.statistic === 'longest' ? Math.max(this.#over, seconds) : this.#over + seconds;
    }
  }

  #compare(value: number): boolean {
    const leaf = this.#leaf;
    const wanted = leaf.kind === 'count' ? leaf.count : leaf.kind === 'trait' ? leaf.amount : leaf.seconds;
    // Sums of many small steps: two people all the time are two, not 1.9999999.
    return leaf.compare === 'at-least' ? value >= wanted - 1e-6 : value <= wanted + 1e-6;
  }
}
