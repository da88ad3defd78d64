import type { Box, FaceLandmarks } from '../../contract/geometry.ts';
import type { Detection } from '../../main/vision/detection/face-detector.ts';
import type { LabelledBox } from './mot-metrics.ts';
import { overlap } from './mot-metrics.ts';

/** Where a made-up face is at a time. `null` = not in the picture or hidden. Later people stand before earlier ones. */
export interface SimulatedFace {
  readonly id: string;
  at(seconds: number): { readonly x: number; readonly y: number; readonly size: number } | null;
  /** -1 looks left, 1 right. */
  readonly yaw?: number;
}

export interface DetectorFaults {
  /** Scatter of the box in parts of its size. */
  readonly noise: number;
  /** Chance that a visible face is missed in a frame, and that it is only weakly seen. */
  readonly misses: number;
  readonly weak: number;
  /** Chance of one false detection per frame. */
  readonly falseAlarms: number;
}

export interface SimulatedFrame {
  readonly timeMs: number;
  readonly truth: readonly LabelledBox[];
  readonly detections: readonly Detection[];
}

export const simulatedWidth = 1280;
export const simulatedHeight = 720;

/** A small linear congruential generator (Numerical Recipes): the same run every time. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What a detector would say about made-up people, and the truth. A face that is covered by another is not detected. */
export function simulate(
  people: readonly SimulatedFace[],
  timesMs: readonly number[],
  faults: DetectorFaults,
  seed: number,
): SimulatedFrame[] {
  const random = seededRandom(seed);
  return timesMs.map((timeMs) => {
    const visible = people.flatMap((person) => {
      const place = person.at(timeMs / 1000);
      return place ? [{ person, box: boxAround(place.x, place.y, place.size) }] : [];
    });
    const seen = visible.filter(({ box }, i) => !visible.slice(i + 1).some((front) => overlap(box, front.box) > 0.35));
    const detections = seen.flatMap(({ person, box }) => {
      if (random() < faults.misses) return [];
      const score = random() < faults.weak ? 0.4 : 0.75 + 0.2 * random();
      return [detectionOf(scattered(box, faults.noise, random), person.yaw ?? 0, score)];
    });
    if (random() < faults.falseAlarms) {
      const box = boxAround(random() * simulatedWidth, random() * simulatedHeight, 30 + 60 * random());
      detections.push(detectionOf(box, 2 * random() - 1, 0.6 + 0.1 * random()));
    }
    detections.sort((a, b) => b.score - a.score);
    return { timeMs, truth: seen.map(({ person, box }) => ({ id: person.id, box })), detections };
  });
}

/** @param size height of the face; its width is 0.8 of that */
export function boxAround(x: number, y: number, size: number): Box {
  return { x: x - 0.4 * size, y: y - 0.5 * size, width: 0.8 * size, height: size };
}

/** @param yaw -1..1, moves the landmarks sideways as a turned head does */
export function detectionOf(box: Box, yaw: number, score: number): Detection {
  const point = (x: number, y: number) => ({ x: box.x + (x + 0.12 * yaw) * box.width, y: box.y + y * box.height });
  const landmarks: FaceLandmarks = [
    point(0.3, 0.4),
    point(0.7, 0.4),
    point(0.5 + 0.05 * yaw, 0.6),
    point(0.35, 0.8),
    point(0.65, 0.8),
  ];
  return { box, landmarks, score };
}

function scattered({ x, y, width, height }: Box, noise: number, random: () => number): Box {
  // The sum of three even numbers is close enough to a normal one; its standard deviation is 0.5.
  const normal = () => 2 * (random() + random() + random() - 1.5);
  const size = Math.sqrt(width * height);
  const newWidth = width * Math.exp(noise * normal());
  const newHeight = height * Math.exp(noise * normal());
  return {
    x: x + width / 2 - newWidth / 2 + noise * size * normal(),
    y: y + height / 2 - newHeight / 2 + noise * size * normal(),
    width: newWidth,
    height: newHeight,
  };
}

/** Times of frames, in ms, from 0. */
export function frameTimes(seconds: number, framesPerSecond: number): number[] {
  return Array.from({ length: Math.round(seconds * framesPerSecond) }, (_, i) => (i * 1000) / framesPerSecond);
}
