import { describe, expect, it } from 'vitest';
import { type MotMetrics, motMetrics } from '../../../tests/support/mot-metrics.ts';
import {
  boxAround,
  type DetectorFaults,
  detectionOf,
  frameTimes,
  type SimulatedFace,
  type SimulatedFrame,
  seededRandom,
  simulate,
  simulatedHeight,
  simulatedWidth,
} from '../../../tests/support/simulated-faces.ts';
import type { Detection } from '../detection/face-detector.ts';
import { FaceTracker } from './face-tracker.ts';

const minScore = 0.55;
const flawless: DetectorFaults = { noise: 0, misses: 0, weak: 0, falseAlarms: 0 };
const usual: DetectorFaults = { noise: 0.02, misses: 0.05, weak: 0.1, falseAlarms: 0.05 };

function run(frames: readonly SimulatedFrame[]) {
  const tracker = new FaceTracker({ minScore });
  const updates = frames.map(({ detections, timeMs }) =>
    tracker.update(detections, timeMs, simulatedWidth, simulatedHeight),
  );
  const scored = frames.map(({ truth }, i) => ({
    truth,
    answer: (updates[i]?.tracks ?? []).filter(({ detected }) => detected).map(({ id, box }) => ({ id, box })),
  }));
  const metrics: MotMetrics = motMetrics(scored);
  const ids = new Set(updates.flatMap(({ tracks }) => tracks.map(({ id }) => id)));
  return { updates, metrics, ids };
}

const standing = (id: string, x: number, y = 300, size = 80): SimulatedFace => ({ id, at: () => ({ x, y, size }) });
/** Walks through the picture from the time on; out of view where the picture ends. */
const walking = (
  id: string,
  fromX: number,
  pixelsPerSecond: number,
  y: number,
  size: number,
  start = 0,
  yaw = 0,
): SimulatedFace => ({
  id,
  yaw,
  at: (seconds) => {
    const x = fromX + pixelsPerSecond * (seconds - start);
    return seconds >= start && x > 20 && x < simulatedWidth - 20 ? { x, y, size } : null;
  },
});

describe('FaceTracker', () => {
  it('takes whoever is there after a long silence for somebody else, however often it is silent', () => {
    const times = [0, 10_000, 20_000, 30_000, 40_000];
    const frames = simulate([standing('a', 200)], times, flawless, 1);
    const certain = frames.map((frame) => ({
      ...frame,
      detections: frame.detections.map((detection) => ({ ...detection, score: 0.95 })),
    }));
    const { updates } = run(certain);
    expect(updates.map(({ tracks }) => tracks[0]?.id)).toEqual([1, 2, 3, 4, 5]);
    expect(updates.flatMap(({ endedIds }) => endedIds)).toEqual([1, 2, 3, 4]);
  });

  it('gives each of several standing faces one id and keeps it', () => {
    const { metrics, ids } = run(
      simulate([standing('a', 200), standing('b', 500), standing('c', 800)], frameTimes(3, 30), usual, 1),
    );
    expect(metrics.switches).toBe(0);
    expect(metrics.idf1).toBeGreaterThan(0.95);
    expect(ids.size).toBeLessThanOrEqual(5);
  });

  it('keeps ids apart when people cross, whoever is in front', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const people = [
        walking('left to right', 100, 260, 320, 90, 0, 0.8),
        walking('right to left', 1180, -240, 335, 100, 0, -0.8),
        walking('later', 100, 200, 310, 70, 2, 0.6),
      ];
      const { metrics } = run(simulate(people, frameTimes(6, 25), usual, seed));
      expect(metrics.switches, `seed ${seed}`).toBe(0);
      expect(metrics.idf1, `seed ${seed}`).toBeGreaterThan(0.95);
    }
  });

  it('keeps ids apart when people meet, stop before each other and go on', () => {
    const meets = (id: string, side: 1 | -1): SimulatedFace => ({
      id,
      yaw: side,
      at: (seconds) => {
        const way = seconds < 2 ? 220 * seconds - 440 : seconds < 2.8 ? 0 : 220 * (seconds - 2.8);
        return { x: 640 + side * way, y: 300 + side * 6, size: 90 };
      },
    });
    const { metrics } = run(
      simulate([meets('a', 1), meets('b', -1)], frameTimes(5, 30), { ...usual, falseAlarms: 0 }, 3),
    );
    expect(metrics.switches).toBe(0);
    expect(metrics.idf1).toBeGreaterThan(0.95);
  });

  it('finds a face again after it was hidden for a good second, standing or walking', () => {
    const hidden = (face: SimulatedFace): SimulatedFace => ({
      ...face,
      at: (seconds) => (seconds > 1.5 && seconds < 2.6 ? null : face.at(seconds)),
    });
    const people = [hidden(standing('stands', 300)), hidden(walking('walks', 450, 120, 320, 90))];
    const { metrics, ids } = run(simulate(people, frameTimes(5, 30), { ...usual, falseAlarms: 0 }, 5));
    expect(ids.size).toBe(2);
    expect(metrics.idf1).toBeGreaterThan(0.97);
  });

  it('ends a track that stays away, says so once, and gives who comes later a new id', () => {
    const face: SimulatedFace = { id: 'a', at: (s) => (s > 1 && s < 4 ? null : { x: 300, y: 300, size: 80 }) };
    const { updates } = run(simulate([face], frameTimes(5, 30), flawless, 1));
    const ended = updates.flatMap(({ endedIds }, i) => endedIds.map((id) => ({ id, second: i / 30 })));
    expect(ended).toHaveLength(1);
    expect(ended[0]?.id).toBe(1);
    expect(ended[0]?.second).toBeGreaterThan(2.4);
    expect(ended[0]?.second).toBeLessThan(2.7);
    expect(updates.at(-1)?.tracks.map(({ id }) => id)).toEqual([2]);
  });

  it('takes who comes in where another has just gone out for somebody new', () => {
    const tracker = new FaceTracker({ minScore });
    // Cut off by the border of the picture, as a detector sees it.
    const atBorder = (x: number, yaw: number) => {
      const box = boxAround(x, 400, 180);
      return detectionOf({ ...box, width: Math.min(box.width, 1281 - box.x) }, yaw, 0.9);
    };
    let time = 0;
    const show = (...faces: Detection[]) => {
      time += 40;
      return tracker.update(faces, time, 1280, 720).tracks;
    };
    for (let x = 700; x < 1185; x += 15) show(atBorder(x, 0.7));
    for (let i = 0; i < 6; i++) show();
    const shown = [1262, 1254, 1246, 1238].map((x) => show(atBorder(x, -0.7)));
    expect(
      shown
        .flat()
        .filter(({ detected }) => detected)
        .every(({ id }) => id === 2),
    ).toBe(true);
    expect(shown.at(-1)).toHaveLength(1);
  });

  it('survives frames that come at uneven and at very low rates', () => {
    const random = seededRandom(9);
    let time = 0;
    const uneven = Array.from({ length: 120 }, () => {
      time += 10 + 140 * random();
      return time;
    });
    const people = [walking('a', 100, 90, 250, 80), walking('b', 1200, -80, 480, 100), standing('c', 640, 120)];
    expect(run(simulate(people, uneven, usual, 4)).metrics.idf1).toBeGreaterThan(0.95);

    const slow = run(
      simulate([standing('c', 640), standing('d', 300)], frameTimes(30, 0.5), { ...flawless, noise: 0.03 }, 2),
    );
    expect(slow.ids.size).toBe(2);
  });

  it('shows a certain face in its first frame and a doubtful one in its second', () => {
    const tracker = new FaceTracker({ minScore });
    const certain = detectionOf(boxAround(300, 300, 80), 0, 0.95);
    const doubtful = detectionOf(boxAround(800, 300, 80), 0, 0.6);
    expect(tracker.update([certain, doubtful], 0, 1280, 720).tracks.map(({ box }) => Math.round(box.x))).toEqual([268]);
    expect(tracker.update([certain, doubtful], 33, 1280, 720).tracks).toHaveLength(2);
  });

  it('shows no lone false alarm, and lets weak detections start nothing', () => {
    const tracker = new FaceTracker({ minScore });
    const updates = frameTimes(3, 30).map((timeMs, i) =>
      tracker.update(
        [
          detectionOf(boxAround(100, 100, 60), 0, 0.4),
          ...(i % 15 === 0 ? [detectionOf(boxAround(200 + (i % 7) * 150, 300, 60), 0, 0.62)] : []),
        ],
        timeMs,
        1280,
        720,
      ),
    );
    expect(updates.flatMap(({ tracks }) => tracks)).toEqual([]);
    expect(updates.flatMap(({ endedIds }) => endedIds)).toEqual([]);
  });

  it('carries a face through a phase of weak detections, but does not follow for ever what began by chance', () => {
    const tracker = new FaceTracker({ minScore });
    const score = (seconds: number) => (seconds < 1 || (seconds > 1.6 && seconds < 2) ? 0.9 : 0.35);
    const updates = frameTimes(5, 30).map((timeMs, i) =>
      tracker.update([detectionOf(boxAround(300 + i, 300, 80), 0, score(timeMs / 1000))], timeMs, 1280, 720),
    );
    expect(updates.slice(0, 75).every(({ tracks }) => tracks[0]?.id === 1 && tracks[0].detected)).toBe(true);
    expect(updates.slice(110).every(({ tracks }) => tracks.length === 0)).toBe(true);
    expect(updates.flatMap(({ endedIds }) => endedIds)).toEqual([1]);
  });

  it('goes on showing a face just lost, with its landmarks carried along, but not for long', () => {
    const tracker = new FaceTracker({ minScore });
    for (let i = 0; i < 30; i++)
      tracker.update([detectionOf(boxAround(300 + 6 * i, 300, 80), 0, 0.9)], i * 33, 1280, 720);
    const [lost] = tracker.update([], 30 * 33 + 100, 1280, 720).tracks;
    expect(lost?.detected).toBe(false);
    expect(lost?.box.x).toBeGreaterThan(300 - 32 + 6 * 30);
    const eye = lost?.landmarks[0].x ?? 0;
    expect((eye - (lost?.box.x ?? 0)) / (lost?.box.width ?? 1)).toBeCloseTo(0.3, 1);
    expect(tracker.update([], 30 * 33 + 500, 1280, 720).tracks).toEqual([]);
  });

  it('steadies the box of a face that stands and follows one that moves', () => {
    const noisy: DetectorFaults = { ...flawless, noise: 0.02 };
    const still = run(simulate([standing('a', 640, 300, 100)], frameTimes(6, 30), noisy, 8));
    const jitter = (xs: readonly number[]) =>
      Math.sqrt(xs.slice(1).reduce((sum, x, i) => sum + (x - (xs[i] as number)) ** 2, 0) / (xs.length - 1));
    const shown = still.updates.slice(60).map(({ tracks }) => tracks[0]?.box.x ?? Number.NaN);
    const raw = simulate([standing('a', 640, 300, 100)], frameTimes(6, 30), noisy, 8)
      .slice(60)
      .map(({ detections }) => detections[0]?.box.x ?? Number.NaN);
    expect(jitter(shown)).toBeLessThan(0.3 * jitter(raw));

    const moving = simulate([walking('a', 100, 300, 300, 100)], frameTimes(3, 30), noisy, 8);
    const { updates } = run(moving);
    const lag = moving
      .slice(30)
      .map(({ truth }, i) => (truth[0]?.box.x ?? 0) - (updates[i + 30]?.tracks[0]?.box.x ?? 0));
    const mean = lag.reduce((sum, value) => sum + value, 0) / lag.length;
    expect(Math.abs(mean)).toBeLessThan(2);
  });

  it('ends everything after a long silence and on reset, and never uses an id again', () => {
    const tracker = new FaceTracker({ minScore });
    const face = () => [detectionOf(boxAround(300, 300, 80), 0, 0.9)];
    expect(tracker.update(face(), 0, 1280, 720).tracks[0]?.id).toBe(1);
    const after = tracker.update(face(), 60_000, 1280, 720);
    expect(after.endedIds).toEqual([1]);
    expect(after.tracks[0]?.id).toBe(2);
    expect(tracker.reset()).toEqual([2]);
    // Another source may start its clock anywhere.
    expect(tracker.update(face(), 10, 1280, 720).tracks[0]?.id).toBe(3);
  });

  it('stays bounded under a flood of detections', () => {
    const random = seededRandom(1);
    const tracker = new FaceTracker({ minScore });
    let most = 0;
    for (let i = 0; i < 10; i++) {
      const flood = Array.from({ length: 400 }, () =>
        detectionOf(boxAround(random() * 1280, random() * 720, 20), 0, 0.9),
      );
      most = Math.max(most, tracker.update(flood, i * 33, 1280, 720).tracks.length);
    }
    expect(most).toBeLessThanOrEqual(128);
  });

  it('follows twenty people with a usual detector', () => {
    const people = Array.from({ length: 20 }, (_, i) =>
      walking(
        `p${i}`,
        i % 2 === 0 ? 40 : 1240,
        (i % 2 === 0 ? 1 : -1) * (90 + 11 * i),
        60 + 30 * i,
        40 + 3 * i,
        0.35 * i,
        i % 2 === 0 ? 0.7 : -0.7,
      ),
    );
    const { metrics } = run(simulate(people, frameTimes(14, 25), usual, 21));
    expect(metrics.idf1).toBeGreaterThan(0.9);
    expect(metrics.mota).toBeGreaterThan(0.85);
  });
});
