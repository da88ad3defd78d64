import { type Change, type Figure, type Headline, type HeadlineName, headlineNames } from '../../contract/insights.ts';
import { mean, median, type Step } from '../audience/durations.ts';
import { changeBetween, countsDiffer, intervalsApart, shareOf, sharesDiffer } from '../audience/intervals.ts';
import type { Sums } from '../store/publication/day-totals.ts';

/** What the headlines of a period are computed from; the histograms are null where something of them is hidden. */
export interface PeriodSums extends Sums {
  /** How many days the sums are of. */
  readonly days: number;
  readonly dwell: readonly Step[] | null;
  readonly attention: readonly Step[] | null;
}

const none: Figure = { value: null, interval: null };

function figures(sums: PeriodSums): Readonly<Record<HeadlineName, Figure>> {
  const { passersBy, watchers, dwellMs, attentionMs, watcherAttentionMs, dwell, attention } = sums;
  const nobody = passersBy === 0;
  return {
    passersBy: { value: passersBy, interval: null },
    watchers: { value: watchers, interval: null },
    watchRate: shareOf(watchers, passersBy),
    meanDwellMs: mean(dwellMs, passersBy, dwell),
    medianDwellMs: dwell === null ? none : median(dwell),
    meanAttentionMs: mean(watcherAttentionMs, watchers, attention),
    medianAttentionMs: attention === null ? none : median(attention),
    attentionRatio: { value: nobody || dwellMs === 0 ? null : attentionMs / dwellMs, interval: null },
  };
}

/** The headline figures of a period and of the one before. @param before null = nothing was published for it */
export function headlines(now: PeriodSums | null, before: PeriodSums | null): readonly Headline[] {
  const figuresNow = now && figures(now);
  const figuresBefore = before && figures(before);
  return headlineNames.map((name) => {
    const a = figuresNow?.[name] ?? none;
    const b = figuresBefore?.[name] ?? none;
    return { name, now: a, before: b, change: change(name, now, before, a, b) };
  });
}

function change(name: HeadlineName, now: PeriodSums | null, before: PeriodSums | null, a: Figure, b: Figure): Change {
  if (now === null || before === null) return changeBetween(null, null, null);
  switch (name) {
    case 'passersBy':
    case 'watchers': {
      // Of as many days: one that is not published yet is no drop.
      const expected = (before[name] * now.days) / before.days;
      return changeBetween(now[name], expected, countsDiffer(now[name], before[name], now.days / before.days));
    }
    case 'watchRate':
      return changeBetween(
        a.value,
        b.value,
        sharesDiffer(now.watchers, now.passersBy, before.watchers, before.passersBy),
      );
    default:
      return changeBetween(a.value, b.value, intervalsApart(a.interval, b.interval));
  }
}
