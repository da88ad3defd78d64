import type { Detection } from '../detection/face-detector.ts';
import { assign } from './assignment.ts';
import { type FrameSize, TrackedPerson } from './tracked-person.ts';
import type { Track, Tracker, TrackerUpdate } from './tracker.ts';

/** A face may be hidden this long and is still the same visitor afterwards. */
export const longestOcclusionMs = 1500;
/** Whoever walks out of the picture does not come back through the same place a second later. */
const longestAbsenceOutsideMs = 300;
/** A confirmed face that is not detected is still drawn this long. */
const shownUnseenMs = 250;
/** Two sights within this time make a track; at low frame rates two frames in a row do. */
const confirmWithinMs = 150;
/** A source that was silent for longer than this shows other people. */
const longestSilenceMs = 5000;
/** Weak detections carry on only what was seen this recently. */
const weakCarryMs = 150;

/** What a track would at most pay for a weak detection. */
const weakAlonePrice = 16;
/** A weak detection that a lost face would have at this price is left alone. */
const contestedPrice = 12;
/** A detection this far from the working point to certainty starts a shown track at once. */
const certainShare = 0.6;

const mostDetections = 128;
const mostPeople = 128;

export interface FaceTrackerOptions {
  /** Detector working point, 0..1: detections below only carry on what is already tracked. */
  readonly minScore: number;
}

/**
 * Follows faces from frame to frame. Detections above the working point are assigned first, weak ones then carry on
 * what is left, as in ByteTrack (Zhang et al., ECCV 2022); motion is filtered with the observation-centric repair of
 * OC-SORT (see BoxMotion). The price of a pair is made of where and how large the face was expected and of the layout
 * of its landmarks. Ids count up and are never used again; nothing is stored.
 */
export class FaceTracker implements Tracker {
  #people: TrackedPerson[] = [];
  #lastTimeMs: number | null = null;
  #nextId = 1;
  #minScore: number;

  constructor(options: FaceTrackerOptions) {
    this.#minScore = options.minScore;
  }

  /** @param minScore 0..1, from the next frame on */
  setMinScore(minScore: number): void {
    this.#minScore = minScore;
  }

  update(detections: readonly Detection[], timeMs: number, width: number, height: number): TrackerUpdate {
    const elapsedMs = Math.max(timeMs - (this.#lastTimeMs ?? timeMs), 0);
    const endedIds: number[] = elapsedMs > longestSilenceMs ? [...this.reset()] : [];
    this.#lastTimeMs = timeMs;

    const frame = { width, height };
    for (const person of this.#people) person.predict(elapsedMs / 1000);
    const strong = detections.filter(({ score }) => score >= this.#minScore).slice(0, mostDetections);
    const weak = detections.filter(({ score }) => score < this.#minScore).slice(0, mostDetections);
    const fresh = this.#match(this.#people, strong, timeMs, frame);
    const carried = this.#people.filter(
      (person) =>
        !person.detected &&
        person.id !== null &&
        person.trusts(this.#minScore) &&
        timeMs - person.lastSeenMs <= weakCarryMs + elapsedMs,
    );
    this.#match(carried, this.#uncontested(weak, carried, frame), timeMs, frame, weakAlonePrice);

    for (const person of this.#people) if (!person.detected) person.miss();
    this.#people = this.#people.filter((person) => {
      if (!this.#isGone(person, timeMs, elapsedMs, width, height)) return true;
      if (person.id !== null) endedIds.push(person.id);
      return false;
    });
    this.#welcome(fresh, timeMs);
    return { tracks: this.#shown(timeMs), endedIds };
  }

  reset(): readonly number[] {
    const ended = this.#people.flatMap(({ id }) => (id === null ? [] : [id]));
    this.#people = [];
    this.#lastTimeMs = null;
    return ended;
  }

  /** @returns the detections that nobody took */
  #match(
    people: readonly TrackedPerson[],
    detections: readonly Detection[],
    timeMs: number,
    frame: FrameSize,
    mostPrice = Number.POSITIVE_INFINITY,
  ): readonly Detection[] {
    if (people.length === 0 || detections.length === 0) return detections;
    const prices = new Float64Array(people.length * detections.length);
    people.forEach((person, row) => {
      detections.forEach((detection, column) => {
        prices[row * detections.length + column] = person.price(detection, frame);
      });
    });
    const alone = Float64Array.from(people, (person) => Math.min(person.alonePrice, mostPrice));
    const taken = new Set<number>();
    assign(prices, people.length, detections.length, alone).forEach((column, row) => {
      const detection = detections[column];
      if (detection === undefined) return;
      taken.add(column);
      people[row]?.sight(detection, timeMs);
    });
    return detections.filter((_, column) => !taken.has(column));
  }

  /** Weak detections that no lost face could be as well: where one face comes out behind another, both look like one. */
  #uncontested(weak: readonly Detection[], carried: readonly TrackedPerson[], frame: FrameSize): readonly Detection[] {
    const lost = this.#people.filter((person) => !person.detected && person.id !== null && !carried.includes(person));
    return weak.filter((detection) => lost.every((person) => person.price(detection, frame) > contestedPrice));
  }

  #isGone(person: TrackedPerson, timeMs: number, elapsedMs: number, width: number, height: number): boolean {
    if (person.detected) return false;
    const absentMs = timeMs - person.lastSeenMs;
    // Two frames are always granted, however rare they are.
    const patience = (ms: number) => Math.max(ms, 1.5 * elapsedMs);
    if (person.id === null) return absentMs > confirmWithinMs && absentMs > elapsedMs;
    const { x, y, width: boxWidth, height: boxHeight } = person.box;
    const centreX = x + boxWidth / 2;
    const centreY = y + boxHeight / 2;
    const outside = centreX < 0 || centreY < 0 || centreX > width || centreY > height;
    return absentMs > patience(outside ? longestAbsenceOutsideMs : longestOcclusionMs);
  }

  /** Starts to follow faces not seen before, and confirms those that have been seen again. */
  #welcome(fresh: readonly Detection[], timeMs: number): void {
    for (const person of this.#people) if (person.id === null && person.detected) person.id = this.#nextId++;
    const certain = this.#minScore + certainShare * (1 - this.#minScore);
    for (const detection of fresh) {
      if (this.#people.length >= mostPeople) break;
      const person = new TrackedPerson(detection, timeMs);
      if (detection.score >= certain) person.id = this.#nextId++;
      this.#people.push(person);
    }
  }

  #shown(timeMs: number): readonly Track[] {
    return this.#people.flatMap((person) => {
      const recent = person.detected || timeMs - person.lastSeenMs <= shownUnseenMs;
      return person.id !== null && recent ? [person.toTrack(person.id)] : [];
    });
  }
}
