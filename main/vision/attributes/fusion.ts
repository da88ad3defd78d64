import {
  type AttributeReading,
  ageBandOf,
  expressionClasses,
  type FusedAttributes,
  glassesClasses,
} from '../../../contract/attributes.ts';
import type { UnsureLimits } from './network-metadata.ts';
import { RunningMean } from './running-mean.ts';
import { StableChoice } from './stable-choice.ts';

/** What a person is changes within seconds only if the track has jumped to another face. */
const lastingHalfLifeMs = 12_000;
/** A mien passes. */
const passingHalfLifeMs = 500;

/** Probabilities are held this far from 0 and 1, so that no single reading outweighs all others. */
const margin = 0.01;

/** The shown age moves only when the combined one has left it by more than this many years. */
const ageHysteresis = 0.8;

/** Weight of evidence (readings times their quality) at which a graded value has half of full confidence. */
const halfConfidenceWeight = 0.15;

/**
 * All readings of one track as one statement: log-odds and logarithms of probabilities are averaged (a product of
 * experts, tempered so that many readings of one face do not count as independent), years and graded values are
 * averaged as they are; each reading weighs by its quality and is forgotten with time. Of bounded size.
 */
export class TrackFusion {
  readonly #limits: UnsureLimits;
  /** years, variance, log-odds of female, eye and lip makeup, then beard, moustache, sideburns. */
  readonly #lasting = new RunningMean(8, lastingHalfLifeMs);
  readonly #glasses = new RunningMean(glassesClasses.length, lastingHalfLifeMs);
  readonly #smile = new RunningMean(1, passingHalfLifeMs);
  readonly #expression = new RunningMean(expressionClasses.length, passingHalfLifeMs);
  readonly #shown: {
    readonly gender: StableChoice<'female' | 'male'>;
    readonly expression: StableChoice<(typeof expressionClasses)[number]>;
    readonly glasses: StableChoice<(typeof glassesClasses)[number]>;
    readonly eyeMakeup: StableChoice<'yes' | 'no'>;
    readonly lipMakeup: StableChoice<'yes' | 'no'>;
  };
  #shownYears: number | null = null;
  #readings = 0;
  #fused: FusedAttributes | null = null;

  constructor(limits: UnsureLimits) {
    this.#limits = limits;
    this.#shown = {
      gender: new StableChoice({ female: limits.gender.high, male: 1 - limits.gender.low }),
      expression: new StableChoice(sameLimit(expressionClasses, limits.expression)),
      glasses: new StableChoice(sameLimit(glassesClasses, limits.glasses)),
      eyeMakeup: new StableChoice({ yes: limits.eyeMakeup.high, no: 1 - limits.eyeMakeup.low }),
      lipMakeup: new StableChoice({ yes: limits.lipMakeup.high, no: 1 - limits.lipMakeup.low }),
    };
  }

  get readings(): number {
    return this.#readings;
  }

  /** The statement after the last reading; null before the first. */
  get fused(): FusedAttributes | null {
    return this.#fused;
  }

  /**
   * @param quality 0..1
   * @param timeMs of the frame; never goes back
   */
  add(reading: AttributeReading, quality: number, timeMs: number): FusedAttributes {
    const weight = 0.01 + quality * quality;
    this.#readings++;
    this.#lasting.add(
      [
        reading.age.years,
        reading.age.spread * reading.age.spread,
        logOdds(reading.gender.female),
        logOdds(reading.eyeMakeup),
        logOdds(reading.lipMakeup),
        reading.beard,
        reading.moustache,
        reading.sideburns,
      ],
      weight,
      timeMs,
    );
    this.#glasses.add(
      glassesClasses.map((name) => Math.log(Math.max(reading.glasses[name], margin))),
      weight,
      timeMs,
    );
    this.#smile.add([reading.smile], weight, timeMs);
    this.#expression.add(
      expressionClasses.map((name) => Math.log(Math.max(reading.expression[name], margin))),
      weight,
      timeMs,
    );
    this.#fused = this.#state(this.#combined());
    return this.#fused;
  }

  #combined(): AttributeReading {
    const lasting = this.#lasting;
    return {
      age: { years: lasting.mean(0), spread: Math.sqrt(lasting.mean(1)) },
      gender: { female: probability(lasting.mean(2)) },
      smile: this.#smile.mean(0),
      expression: normalised(expressionClasses, this.#expression),
      glasses: normalised(glassesClasses, this.#glasses),
      eyeMakeup: probability(lasting.mean(3)),
      lipMakeup: probability(lasting.mean(4)),
      beard: lasting.mean(5),
      moustache: lasting.mean(6),
      sideburns: lasting.mean(7),
    };
  }

  #state(combined: AttributeReading): FusedAttributes {
    const yesNo = (choice: StableChoice<'yes' | 'no'>, yes: number) => {
      const { value, confidence } = choice.update({ yes, no: 1 - yes });
      return { value: value === null ? null : value === 'yes', confidence };
    };
    const graded = (value: number, weight: number) => ({ value, confidence: weight / (weight + halfConfidenceWeight) });
    const { female } = combined.gender;
    return {
      readings: this.#readings,
      combined,
      age: this.#age(combined.age),
      gender: this.#shown.gender.update({ female, male: 1 - female }),
      smile: graded(combined.smile, this.#smile.weight),
      expression: this.#shown.expression.update(combined.expression),
      glasses: this.#shown.glasses.update(combined.glasses),
      eyeMakeup: yesNo(this.#shown.eyeMakeup, combined.eyeMakeup),
      lipMakeup: yesNo(this.#shown.lipMakeup, combined.lipMakeup),
      beard: graded(combined.beard, this.#lasting.weight),
      moustache: graded(combined.moustache, this.#lasting.weight),
      sideburns: graded(combined.sideburns, this.#lasting.weight),
    };
  }

  /** Whole years that do not flicker, with the band they lie in. */
  #age({ years, spread }: AttributeReading['age']): FusedAttributes['age'] {
    if (this.#shownYears === null || Math.abs(years - this.#shownYears) > ageHysteresis) {
      this.#shownYears = Math.round(years);
    }
    const confidence = 1 / (1 + (spread / this.#limits.ageSpread) ** 2);
    if (spread > this.#limits.ageSpread) return { value: null, confidence };
    return { value: { years: this.#shownYears, spread, band: ageBandOf(this.#shownYears) }, confidence };
  }
}

function sameLimit<Name extends string>(names: readonly Name[], limit: number): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, limit])) as Record<Name, number>;
}

function logOdds(value: number): number {
  const held = Math.max(margin, Math.min(1 - margin, value));
  return Math.log(held / (1 - held));
}

function probability(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** Means of logarithms back to probabilities that add up to 1. */
function normalised<Name extends string>(names: readonly Name[], logarithms: RunningMean): Record<Name, number> {
  const values = names.map((_, i) => Math.exp(logarithms.mean(i)));
  const sum = values.reduce((a, b) => a + b, 0);
  return Object.fromEntries(names.map((name, i) => [name, (values[i] as number) / sum])) as Record<Name, number>;
}
