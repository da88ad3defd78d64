import type { Box } from '../../contract/geometry.ts';
import { assign } from '../../main/vision/tracking/assignment.ts';

/** A box of a person (truth) or a track (answer) in one frame. */
export interface LabelledBox {
  readonly id: number | string;
  readonly box: Box;
}
/** Truth and answer of one frame. */
export interface ScoredFrame {
  readonly truth: readonly LabelledBox[];
  readonly answer: readonly LabelledBox[];
}

export interface MotMetrics {
  /** 1 - (misses + false alarms + identity switches) / boxes of the truth; at most 1, may be negative. */
  readonly mota: number;
  /** 2 IDTP / (boxes of the truth + boxes of the answer), 0..1. */
  readonly idf1: number;
  readonly misses: number;
  readonly falseAlarms: number;
  readonly switches: number;
  readonly truthBoxes: number;
  readonly answerBoxes: number;
}

/**
 * Sources: MOTA from Bernardin, Stiefelhagen, "Evaluating Multiple Object Tracking Performance: The CLEAR MOT Metrics",
 * EURASIP 2008; IDF1 from Ristani et al., "Performance Measures and a Data Set for Multi-Target, Multi-Camera
 * Tracking", ECCV 2016 workshops (the one pairing of people and tracks, over the whole clip, that explains most boxes).
 *
 * @param leastOverlap intersection over union from which two boxes are of the same face
 */
export function motMetrics(frames: readonly ScoredFrame[], leastOverlap = 0.5): MotMetrics {
  const clear = clearMot(frames, leastOverlap);
  const { truthBoxes, answerBoxes } = clear;
  const identified = identifiedBoxes(frames, leastOverlap);
  return {
    ...clear,
    mota: truthBoxes === 0 ? 1 : 1 - (clear.misses + clear.falseAlarms + clear.switches) / truthBoxes,
    idf1: truthBoxes + answerBoxes === 0 ? 1 : (2 * identified) / (truthBoxes + answerBoxes),
  };
}

function clearMot(frames: readonly ScoredFrame[], leastOverlap: number) {
  const counts = { misses: 0, falseAlarms: 0, switches: 0, truthBoxes: 0, answerBoxes: 0 };
  /** Which track last stood for a person, in this frame or before. */
  const standsFor = new Map<LabelledBox['id'], LabelledBox['id']>();
  for (const { truth, answer } of frames) {
    const pairs = pairsOfFrame(truth, answer, standsFor, leastOverlap);
    for (const [person, track] of pairs) {
      const before = standsFor.get(person);
      if (before !== undefined && before !== track) counts.switches++;
      standsFor.set(person, track);
    }
    counts.truthBoxes += truth.length;
    counts.answerBoxes += answer.length;
    counts.misses += truth.length - pairs.size;
    counts.falseAlarms += answer.length - pairs.size;
  }
  return counts;
}

/** Pairs of the frame before are kept while they overlap; the rest is paired by overlap. */
function pairsOfFrame(
  truth: readonly LabelledBox[],
  answer: readonly LabelledBox[],
  standsFor: ReadonlyMap<LabelledBox['id'], LabelledBox['id']>,
  leastOverlap: number,
): Map<LabelledBox['id'], LabelledBox['id']> {
  const pairs = new Map<LabelledBox['id'], LabelledBox['id']>();
  for (const person of truth) {
    const track = answer.find(({ id }) => id === standsFor.get(person.id));
    if (track && overlap(person.box, track.box) >= leastOverlap) pairs.set(person.id, track.id);
  }
  const kept = new Set(pairs.values());
  const people = truth.filter(({ id }) => !pairs.has(id));
  const tracks = answer.filter(({ id }) => !kept.has(id));
  const costs = Float64Array.from(
    people.flatMap((person) =>
      tracks.map((track) => {
        const shared = overlap(person.box, track.box);
        return shared >= leastOverlap ? 1 - shared : Number.POSITIVE_INFINITY;
      }),
    ),
  );
  assign(costs, people.length, tracks.length, new Float64Array(people.length).fill(2)).forEach((column, row) => {
    const person = people[row];
    const track = tracks[column];
    if (person && track) pairs.set(person.id, track.id);
  });
  return pairs;
}

/** IDTP: boxes explained by the best pairing of people and tracks over all frames. */
function identifiedBoxes(frames: readonly ScoredFrame[], leastOverlap: number): number {
  const people = [...new Set(frames.flatMap(({ truth }) => truth.map(({ id }) => id)))];
  const tracks = [...new Set(frames.flatMap(({ answer }) => answer.map(({ id }) => id)))];
  const row = new Map(people.map((id, index) => [id, index]));
  const column = new Map(tracks.map((id, index) => [id, index]));
  const together = new Float64Array(people.length * tracks.length);
  for (const { truth, answer } of frames) {
    for (const person of truth) {
      for (const track of answer) {
        if (overlap(person.box, track.box) < leastOverlap) continue;
        const cell = (row.get(person.id) as number) * tracks.length + (column.get(track.id) as number);
        together[cell] = (together[cell] as number) + 1;
      }
    }
  }
  const chosen = assign(
    together.map((count) => -count),
    people.length,
    tracks.length,
    new Float64Array(people.length),
  );
  return chosen.reduce(
    (sum, track, person) => sum + (track < 0 ? 0 : (together[person * tracks.length + track] as number)),
    0,
  );
}

/** Intersection over union, 0..1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const inner = width * height;
  return inner / (a.width * a.height + b.width * b.height - inner);
}
