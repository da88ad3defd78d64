import type { AttributeName, FusedAttributes } from '../../contract/attributes.ts';
import { type CounterIncrement, type HistogramAttribute, notCounted, unsure } from './counters.ts';
import { durationStep, scaleStep } from './histogram-steps.ts';
import { attentionMs, dwellMs, isWatcher } from './metrics.ts';
import { bucketStart } from './time-bucket.ts';
import type { Visit } from './visit.ts';

export interface FoldingRules {
  /** Attributes that may be counted; no other is looked at. */
  readonly counted: Readonly<Record<AttributeName, boolean>>;
  readonly watcherMs: number;
}

const yesOrNo = (value: boolean) => (value ? 'yes' : 'no');

/** How each attribute beside age and gender becomes a class; null = unsure. */
const classOf: Readonly<Record<HistogramAttribute, (fused: FusedAttributes) => string | null>> = {
  smile: ({ smile }) => (smile.value === null ? null : scaleStep(smile.value)),
  expression: ({ expression }) => expression.value,
  glasses: ({ glasses }) => glasses.value,
  eyeMakeup: ({ eyeMakeup }) => (eyeMakeup.value === null ? null : yesOrNo(eyeMakeup.value)),
  lipMakeup: ({ lipMakeup }) => (lipMakeup.value === null ? null : yesOrNo(lipMakeup.value)),
  beard: ({ beard }) => (beard.value === null ? null : scaleStep(beard.value)),
  moustache: ({ moustache }) => (moustache.value === null ? null : scaleStep(moustache.value)),
  sideburns: ({ sideburns }) => (sideburns.value === null ? null : scaleStep(sideburns.value)),
};

/**
 * Turns a visit that has ended into counters of the time bucket in which it ended: one passer-by with dwell and
 * attention; where it was a watcher, also one cell of age band x gender and one of each other counted attribute.
 */
export function foldVisit(visit: Visit, rules: FoldingRules): readonly CounterIncrement[] {
  const bucketStartMs = bucketStart(visit.endedAtMs);
  const dwell = Math.round(dwellMs(visit));
  const attention = Math.round(attentionMs(visit));
  const watcher = isWatcher(visit, rules.watcherMs);
  const increments: CounterIncrement[] = [
    {
      table: 'visits',
      bucketStartMs,
      passersBy: 1,
      watchers: watcher ? 1 : 0,
      dwellMs: dwell,
      attentionMs: attention,
      watcherAttentionMs: watcher ? attention : 0,
    },
    { table: 'visits_by_duration', bucketStartMs, measure: 'dwell', fromMs: durationStep(dwell), visits: 1 },
    { table: 'visits_by_duration', bucketStartMs, measure: 'attention', fromMs: durationStep(attention), visits: 1 },
  ];
  if (watcher) increments.push(...foldAttributes(visit.attributes, bucketStartMs, rules.counted));
  return increments;
}

function foldAttributes(
  fused: FusedAttributes | null,
  bucketStartMs: number,
  counted: FoldingRules['counted'],
): CounterIncrement[] {
  const increments: CounterIncrement[] = [];
  if (counted.age || counted.gender) {
    increments.push({
      table: 'watchers_by_age_gender',
      bucketStartMs,
      ageBand: counted.age ? (fused?.age.value?.band ?? unsure) : notCounted,
      gender: counted.gender ? (fused?.gender.value ?? unsure) : notCounted,
      watchers: 1,
    });
  }
  for (const attribute of Object.keys(classOf) as HistogramAttribute[]) {
    if (!counted[attribute]) continue;
    const value = (fused === null ? null : classOf[attribute](fused)) ?? unsure;
    increments.push({ table: 'watchers_by_attribute', bucketStartMs, attribute, value, watchers: 1 });
  }
  return increments;
}
