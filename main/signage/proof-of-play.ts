import type { PlayReason } from '../../contract/signage.ts';
import type { CounterIncrement } from '../audience/counters.ts';
import { bucketMs, bucketStart } from '../audience/time-bucket.ts';

/** A play that is over, and who was there meanwhile. */
export interface EndedPlay {
  readonly screen: string;
  readonly playlist: string;
  readonly item: string;
  readonly reason: PlayReason;
  /** Ms since the epoch. */
  readonly startedAtMs: number;
  readonly shownMs: number;
  readonly completed: boolean;
  /** Whether people before the screen can change what this playlist plays. */
  readonly hasRules: boolean;
  /** Null where nobody is counted: statistics are off, or the camera does not stand at this screen. */
  readonly audience: PlayAudience | null;
}

export interface PlayAudience {
  readonly passersBy: number;
  readonly watchers: number;
  /** Those of them who had not watched this item before during their visit. */
  readonly people: number;
  readonly attentionMs: number;
}

/**
 * What is kept of a play. Its row in the log says nothing of people. Where only the clock decides what plays, the log has
 * the exact times; where a playlist has rules, a play's time would tell when somebody stood there and how they were
 * read, so the log is as coarse as all that is kept of people: plays of a quarter of an hour are added up. A play whose
 * audience is not counted is in the log alone: among the others it would dilute the watchers per play.
 */
export function foldPlay(play: EndedPlay): readonly CounterIncrement[] {
  const { screen, playlist, item, reason, completed, audience } = play;
  // The rules of a playlist may have been taken away while a play of theirs was on screen.
  const isCoarse = play.hasRules || reason === 'rule';
  const startedMs = Math.round(play.startedAtMs);
  const shownMs = Math.max(0, Math.round(play.shownMs));
  const quarter = bucketStart(startedMs);
  const times = isCoarse
    ? { startMs: quarter, endMs: quarter + bucketMs }
    : { startMs: startedMs, endMs: startedMs + shownMs };
  const log: CounterIncrement = {
    table: 'plays',
    ...times,
    screen,
    playlist,
    item,
    reason,
    completed,
    plays: 1,
    shownMs,
  };
  if (audience === null) return [log];
  const counters: CounterIncrement = {
    table: 'plays_by_item',
    bucketStartMs: quarter,
    playlist,
    item,
    plays: 1,
    completed: completed ? 1 : 0,
    shownMs,
    passersBy: audience.passersBy,
    watchers: audience.watchers,
    people: audience.people,
    attentionMs: Math.round(audience.attentionMs),
  };
  return [log, counters];
}
