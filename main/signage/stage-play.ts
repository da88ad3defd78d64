import type { PlaylistItem, PlayReason, StageItem, StagePlay } from '../../contract/signage.ts';
import { stageItemOf } from '../../contract/signage.ts';

/** How long the built-in slide is shown before something else is looked for, ms. */
const builtInMs = 10_000;
/** A film may take a little longer than it says: decoding, a transition before its end is told. */
const filmSlackMs = 3_000;
/** For a film whose length is not known: it ends itself long before, or hangs. */
const longestFilmMs = 4 * 60 * 60 * 1000;

/** An item on its way over the screen. */
export interface Play {
  readonly number: number;
  readonly playlist: string;
  /** As the playlist has it now; null = the built-in slide. */
  item: PlaylistItem | null;
  readonly reason: PlayReason;
  /** When the page was told to show it; monotonic ms, as `startedMs`. */
  askedMs: number;
  /** When it came on screen, null until then. */
  startedMs: number | null;
  startedAtMs: number;
  mediaMs: number | null;
  completed: boolean;
}

/** How long it stays, counted from its start. */
export function lengthOf({ item, mediaMs }: Play): number {
  if (item === null) return builtInMs;
  return item.durationMs ?? (mediaMs === null ? longestFilmMs : mediaMs + filmSlackMs);
}

/** As the page gets it. @param version of its files; '' where there are none */
export function shownPlay(play: Play, nowMs: number, version: string): StagePlay {
  return {
    play: play.number,
    item: stageItem(play, version),
    reason: play.reason,
    durationMs: play.item === null ? builtInMs : play.item.durationMs,
    offsetMs: play.startedMs === null ? 0 : Math.max(0, Math.round(nowMs - play.startedMs)),
  };
}

function stageItem({ playlist, item }: Play, version: string): StageItem {
  if (item === null) {
    const transition = { kind: 'fade', ms: 600 } as const;
    return {
      playlist,
      id: 'built-in',
      kind: 'built-in',
      url: null,
      fit: 'contain',
      transition,
      volume: 0,
      loop: false,
    };
  }
  return stageItemOf(playlist, item, version);
}
