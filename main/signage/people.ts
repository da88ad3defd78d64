import type { FusedAttributes } from '../../contract/attributes.ts';
import type { FrameResult, TrackedFace } from '../../contract/frame-result.ts';
import { attentionOfStep } from '../audience/visit.ts';

/** Somebody in view, as rules and plays see them. In memory only. */
export interface Person {
  /** Source time, ms. */
  readonly firstSeenMs: number;
  /** Time in view up to now, ms. */
  readonly dwellMs: number;
  /** Time turned to the screen during this visit, ms. */
  readonly attentionMs: number;
  /** Time turned to the screen since the play now on screen began, ms. */
  readonly playAttentionMs: number;
  /** Turned to the screen for at least the watcher time, and not turned away for longer than a glance. */
  readonly watching: boolean;
  readonly attributes: FusedAttributes | null;
  /** Items, `<playlist>/<item>`, that this person has been counted for as a watcher during this visit. */
  readonly countedFor: Set<string>;
}

interface Entry extends Person {
  trackId: number;
  firstSeenMs: number;
  dwellMs: number;
  attentionMs: number;
  playAttentionMs: number;
  watching: boolean;
  attributes: FusedAttributes | null;
  seen: boolean;
  facing: boolean;
  updatedMs: number;
  facedMs: number;
}

/** Far more than an engine follows at a time. */
const mostPeople = 256;
/** Looking away for less than this is a glance, not an end of watching. */
export const glanceMs = 1_000;

/**
 * Who is in view now. Entries are used again, so that a frame makes no new objects while the same people stay.
 * `onLeft` is told of each person before it is forgotten.
 */
export class People {
  readonly #present: Entry[] = [];
  readonly #spare: Entry[] = [];
  readonly #onLeft: (person: Person) => void;
  #watcherMs: number;
  #sequence = -1;

  constructor(watcherMs: number, onLeft: (person: Person) => void = () => {}) {
    this.#watcherMs = watcherMs;
    this.#onLeft = onLeft;
  }

  get present(): readonly Person[] {
    return this.#present;
  }

  set watcherMs(ms: number) {
    this.#watcherMs = ms;
  }

  update(result: FrameResult): void {
    // An engine that was started anew counts from the beginning; its tracks are other people.
    if (result.sequence <= this.#sequence) this.clear();
    this.#sequence = result.sequence;
    for (const entry of this.#present) entry.seen = false;
    for (const face of result.faces) this.#see(face, result.timeMs);
    for (let i = this.#present.length - 1; i >= 0; i--) {
      const entry = this.#present[i] as Entry;
      if (!entry.seen) this.#remove(i);
      else entry.watching = entry.attentionMs >= this.#watcherMs && result.timeMs - entry.facedMs <= glanceMs;
    }
  }

  /** Nobody is known to be there: the source is another one, or has fallen silent. */
  clear(): void {
    for (let i = this.#present.length - 1; i >= 0; i--) this.#remove(i);
    this.#sequence = -1;
  }

  /** Another play begins. */
  beginPlay(): void {
    for (const entry of this.#present) entry.playAttentionMs = 0;
  }

  #see(face: TrackedFace, timeMs: number): void {
    const entry = this.#find(face.trackId) ?? this.#add(face.trackId, timeMs);
    if (entry === null) return;
    const elapsed = timeMs - entry.updatedMs;
    const attention = attentionOfStep(entry.facing && face.detected, elapsed);
    entry.attentionMs += attention;
    entry.playAttentionMs += attention;
    entry.facing = face.detected && face.facing;
    if (entry.facing) entry.facedMs = timeMs;
    entry.updatedMs = timeMs;
    entry.dwellMs = timeMs - entry.firstSeenMs;
    entry.attributes = face.attributes;
    entry.seen = true;
  }

  #find(trackId: number): Entry | null {
    for (const entry of this.#present) if (entry.trackId === trackId) return entry;
    return null;
  }

  #add(trackId: number, timeMs: number): Entry | null {
    if (this.#present.length >= mostPeople) return null;
    const entry = this.#spare.pop() ?? emptyEntry();
    const { countedFor } = entry;
    Object.assign(entry, emptyEntry(), { trackId, firstSeenMs: timeMs, updatedMs: timeMs, countedFor });
    entry.facedMs = Number.NEGATIVE_INFINITY;
    this.#present.push(entry);
    return entry;
  }

  #remove(index: number): void {
    const entry = this.#present[index] as Entry;
    this.#onLeft(entry);
    entry.attributes = null;
    entry.countedFor.clear();
    const last = this.#present.pop() as Entry;
    if (last !== entry) this.#present[index] = last;
    this.#spare.push(entry);
  }
}

function emptyEntry(): Entry {
  return {
    trackId: -1,
    firstSeenMs: 0,
    dwellMs: 0,
    attentionMs: 0,
    playAttentionMs: 0,
    watching: false,
    attributes: null,
    countedFor: new Set(),
    seen: false,
    facing: false,
    updatedMs: 0,
    facedMs: 0,
  };
}

const adultYears = 18;

/**
 * Read as a minor. Also where the reading is unsure of itself: what errs, errs on the side of leaving people alone.
 */
export function isReadAsMinor({ attributes }: Person): boolean {
  return attributes !== null && attributes.combined.age.years < adultYears;
}

/** Read as an adult, and one standard deviation of the reading away from being a minor. */
export function isSurelyAdult({ attributes }: Person): boolean {
  const age = attributes?.age.value;
  return age !== null && age !== undefined && age.years - age.spread >= adultYears;
}
