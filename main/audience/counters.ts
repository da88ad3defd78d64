import type { AgeBand, AttributeName, GenderClass } from '../../contract/attributes.ts';
import type { PlayReason } from '../../contract/signage.ts';

/** Where the evidence supports no answer, or where no face was good enough to be read. */
export const unsure = 'unsure';
/** In place of a class whose attribute the operator has switched off for counting. */
export const notCounted = 'not counted';

/** Every other attribute has a histogram of its own. */
export type HistogramAttribute = Exclude<AttributeName, 'age' | 'gender'>;
export const durationMeasures = ['dwell', 'attention'] as const;
export type DurationMeasure = (typeof durationMeasures)[number];

/**
 * All that is ever kept of a visit, or of a play: amounts to be added to cells of a time bucket. One kind per stored
 * table; nothing links the cells of one visit to each other.
 */
export type CounterIncrement =
  | {
      readonly table: 'visits';
      readonly bucketStartMs: number;
      readonly passersBy: number;
      readonly watchers: number;
      readonly dwellMs: number;
      readonly attentionMs: number;
      /** The part of it that is of watchers. */
      readonly watcherAttentionMs: number;
    }
  | {
      readonly table: 'watchers_by_age_gender';
      readonly bucketStartMs: number;
      readonly ageBand: AgeBand | typeof unsure | typeof notCounted;
      readonly gender: GenderClass | typeof unsure | typeof notCounted;
      readonly watchers: number;
    }
  | {
      readonly table: 'watchers_by_attribute';
      readonly bucketStartMs: number;
      readonly attribute: HistogramAttribute;
      /** A class of the attribute, a step of its scale such as `0.2-0.4`, or `unsure`. */
      readonly value: string;
      readonly watchers: number;
    }
  | {
      readonly table: 'visits_by_duration';
      readonly bucketStartMs: number;
      readonly measure: DurationMeasure;
      /** Lower edge of the step, ms; see `durationEdgesMs`. */
      readonly fromMs: number;
      readonly visits: number;
    }
  | {
      /** The log of plays, which says nothing of people (`foldPlay` in `main/signage`). */
      readonly table: 'plays';
      /** Exact, or the quarter of an hour; ms since the epoch. */
      readonly startMs: number;
      readonly endMs: number;
      readonly screen: string;
      readonly playlist: string;
      readonly item: string;
      readonly reason: PlayReason;
      readonly completed: boolean;
      readonly plays: number;
      readonly shownMs: number;
    }
  | {
      readonly table: 'plays_by_item';
      readonly bucketStartMs: number;
      readonly playlist: string;
      readonly item: string;
      readonly plays: number;
      readonly completed: number;
      readonly shownMs: number;
      readonly passersBy: number;
      /** Once for each play that somebody watched. */
      readonly watchers: number;
      /** Once for each visit in which somebody watched the item. */
      readonly people: number;
      readonly attentionMs: number;
    };

export interface AudienceTotals {
  readonly passersBy: number;
  readonly watchers: number;
}

/** What the audience needs of the place where counters are kept. */
export interface CounterStore {
  add(increments: readonly CounterIncrement[]): void;
  /** Sums over the buckets that start at `fromMs` (ms since the epoch) or later, with those not yet written. */
  totalsSince(fromMs: number): AudienceTotals;
}
