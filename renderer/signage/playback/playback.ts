import type { FailureReason, StageItem, StagePlay, StageReport, StageState } from '../../../contract/signage.ts';
import type { Clock } from './clock.ts';
import type { Layer, Transition } from './layer.ts';
import { StallWatch } from './stall-watch.ts';

export interface PlaybackOptions {
  /** Two, or three so that something urgent can be prepared without letting go of what was to come next. */
  readonly layers: readonly Layer[];
  readonly clock: Clock;
  readonly report: (report: StageReport) => void;
  /** Whoever wants less movement sees items fade, never slide. */
  readonly reducedMotion: () => boolean;
}

/** Shorter than the time after which main gives up on an item that was not begun. */
export const loadingForAtMostMs = 9_000;
const lookEveryMs = 1_000;
/** In which the built-in slide is uncovered when what lay over it broke. */
const uncoverMs = 400;
/** Failed plays that main may not have heard of yet; numbers only go up, so a few are enough. */
const mostFailedKept = 16;

interface Slot {
  readonly layer: Layer;
  play: StagePlay | null;
  phase: 'empty' | 'loading' | 'ready' | 'shown' | 'leaving';
  mediaMs: number | null;
  failed: boolean;
  endWaiting: () => void;
}

/**
 * Shows what main says: prepares an item unseen, brings it in once it can be shown without a gap, prepares the next.
 * It decides nothing about what comes when; it tells main what has begun, ended or failed. Below all layers lies the
 * built-in slide, so whatever breaks, there is a picture.
 */
export class Playback {
  readonly #options: PlaybackOptions;
  readonly #slots: readonly Slot[];
  readonly #stall = new StallWatch();
  #revision = -1;
  #wanted: StagePlay | null = null;
  #next: StagePlay | null = null;
  /** The play that was last reported as begun. */
  #begun = -1;
  #failed: number[] = [];
  #endTransition: (() => void) | null = null;
  #endLooking: () => void = () => {};

  constructor(options: PlaybackOptions) {
    this.#options = options;
    this.#slots = options.layers.map((layer) => ({
      layer,
      play: null,
      phase: 'empty',
      mediaMs: null,
      failed: false,
      endWaiting: () => {},
    }));
  }

  /** What main wants to be shown now. States may overtake each other; an older one is of no use. */
  apply(state: StageState): void {
    if (state.revision <= this.#revision) return;
    this.#revision = state.revision;
    this.#wanted = state.current;
    this.#next = state.next;
    this.#step();
  }

  /** Lets go of everything. */
  stop(): void {
    this.#wanted = null;
    this.#next = null;
    this.#hideAll();
  }

  #step(): void {
    const wanted = this.#wanted;
    if (!wanted) {
      this.#hideAll();
      return;
    }
    this.#dropStrangers(wanted);
    if (this.#endTransition) return;
    if (wanted.play !== this.#begun) this.#bringIn(wanted);
    if (wanted.play === this.#begun && !this.#endTransition) this.#prepareNext();
  }

  #bringIn(wanted: StagePlay): void {
    if (wanted.item.kind === 'built-in') {
      this.#uncover();
      this.#begin(wanted, null);
      return;
    }
    const shown = this.#shown();
    if (shown && !shown.failed && mayStay(shown, wanted)) {
      shown.play = wanted;
      this.#begin(wanted, null);
      return;
    }
    const slot = this.#slotOf(wanted) ?? this.#load(wanted);
    if (slot?.phase === 'ready') this.#enter(slot, wanted);
  }

  #enter(slot: Slot, wanted: StagePlay): void {
    const before = this.#shown();
    const transition = this.#transitionOf(wanted.item);
    slot.phase = 'shown';
    if (before) {
      before.phase = 'leaving';
      before.layer.leave(transition);
    }
    slot.layer.enter(transition);
    this.#begin(wanted, slot.mediaMs);
    this.#stall.reset();
    this.#lookAfterFilm();
    const ms = transition.kind === 'cut' ? 0 : transition.ms;
    const cancel = this.#options.clock.after(ms, () => this.#transitionEnded());
    this.#endTransition = cancel;
  }

  #transitionEnded(): void {
    this.#endTransition = null;
    for (const slot of this.#slots) if (slot.phase === 'leaving') this.#empty(slot);
    this.#step();
  }

  /** The built-in slide lies below all layers: it is shown by taking away what covers it. */
  #uncover(): void {
    const shown = this.#shown();
    if (!shown) return;
    shown.phase = 'leaving';
    shown.layer.uncover(uncoverMs);
    this.#endTransition = this.#options.clock.after(uncoverMs, () => this.#transitionEnded());
  }

  #begin(play: StagePlay, mediaMs: number | null): void {
    this.#begun = play.play;
    this.#options.report({ kind: 'started', play: play.play, mediaMs });
  }

  #prepareNext(): void {
    const next = this.#next;
    if (!next || next.item.kind === 'built-in') return;
    const shown = this.#shown();
    if ((shown && !shown.failed && mayStay(shown, next)) || this.#slotOf(next)) return;
    this.#load(next);
  }

  /** @returns the slot that holds this play, or the same item prepared for a play that did not come to be */
  #slotOf(play: StagePlay): Slot | undefined {
    const waiting = this.#slots.filter(({ phase }) => phase === 'loading' || phase === 'ready');
    const slot = waiting.find((each) => each.play?.play === play.play);
    if (slot) return slot;
    const same = waiting.find((each) => each.play && isSame(each.play.item, play.item) && play.offsetMs === 0);
    if (same) same.play = play;
    return same;
  }

  /** @returns the slot that prepares it, or null while none is free or because it failed before */
  #load(play: StagePlay): Slot | null {
    if (this.#failed.includes(play.play)) return null;
    const slot = this.#slots.find(({ phase }) => phase === 'empty') ?? this.#slotToSpare(play);
    if (!slot) return null;
    slot.play = play;
    slot.phase = 'loading';
    slot.failed = false;
    slot.mediaMs = null;
    slot.endWaiting = this.#options.clock.after(loadingForAtMostMs, () => this.#fail(slot, 'stalled'));
    slot.layer.load(play.item, play.offsetMs, {
      ready: (mediaMs) => this.#ready(slot, mediaMs),
      failed: (reason) => this.#fail(slot, reason),
      ended: () => this.#ended(slot),
    });
    return slot;
  }

  /** What is wanted now comes before what is to come next. */
  #slotToSpare(play: StagePlay): Slot | null {
    if (play !== this.#wanted) return null;
    const slot = this.#slots.find(({ phase }) => phase === 'loading' || phase === 'ready');
    if (!slot) return null;
    this.#empty(slot);
    return slot;
  }

  #ready(slot: Slot, mediaMs: number | null): void {
    if (slot.phase !== 'loading') return;
    slot.endWaiting();
    slot.phase = 'ready';
    slot.mediaMs = mediaMs;
    this.#step();
  }

  #ended(slot: Slot): void {
    if (slot.phase === 'shown' && slot.play) this.#options.report({ kind: 'ended', play: slot.play.play });
  }

  #fail(slot: Slot, reason: FailureReason): void {
    const play = slot.play;
    if (!play || slot.failed || slot.phase === 'empty' || slot.phase === 'leaving') return;
    slot.failed = true;
    slot.endWaiting();
    this.#failed = [...this.#failed.slice(1 - mostFailedKept), play.play];
    if (slot.phase !== 'shown') this.#empty(slot);
    // The last picture of a film that stands still is better than any other; of one that broke nothing may be left.
    else if (reason !== 'stalled' && !this.#endTransition) this.#uncover();
    this.#options.report({ kind: 'failed', play: play.play, reason });
  }

  /** Runs while a film is on screen. */
  #lookAfterFilm(): void {
    this.#endLooking();
    this.#endLooking = this.#options.clock.after(lookEveryMs, () => {
      const shown = this.#shown();
      const position = shown && !shown.failed ? shown.layer.position() : null;
      if (!shown || position === null) return;
      if (this.#stall.observe(position, this.#options.clock.now())) this.#fail(shown, 'stalled');
      else this.#lookAfterFilm();
    });
  }

  #dropStrangers(wanted: StagePlay): void {
    for (const slot of this.#slots) {
      if (slot.phase !== 'loading' && slot.phase !== 'ready') continue;
      const needed = [wanted, this.#next].some(
        (play) => play && slot.play && (play.play === slot.play.play || isSame(play.item, slot.play.item)),
      );
      if (!needed) this.#empty(slot);
    }
  }

  #hideAll(): void {
    this.#endTransition?.();
    this.#endTransition = null;
    this.#endLooking();
    this.#begun = -1;
    for (const slot of this.#slots) if (slot.phase !== 'empty') this.#empty(slot);
  }

  #empty(slot: Slot): void {
    slot.endWaiting();
    slot.phase = 'empty';
    slot.play = null;
    slot.layer.clear();
  }

  #shown(): Slot | undefined {
    return this.#slots.find(({ phase }) => phase === 'shown');
  }

  #transitionOf({ transition }: StageItem): Transition {
    if (transition.kind === 'slide' && this.#options.reducedMotion()) return { kind: 'fade', ms: transition.ms };
    return transition;
  }
}

function isSame(a: StageItem, b: StageItem): boolean {
  return (
    a.playlist === b.playlist &&
    a.id === b.id &&
    a.url === b.url &&
    a.fit === b.fit &&
    a.volume === b.volume &&
    a.loop === b.loop
  );
}

/**
 * The same picture again needs no other layer; a film begins anew, and does so on another one. A file that has taken the
 * place of another has another address.
 */
function mayStay(shown: Slot, play: StagePlay): boolean {
  return shown.play !== null && play.item.kind !== 'video' && isSame(shown.play.item, play.item);
}
