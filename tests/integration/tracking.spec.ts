import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaceDetector } from '../../main/vision/detection/face-detector.ts';
import { createYunetDetector } from '../../main/vision/detection/yunet-detector.ts';
import { FaceTracker } from '../../main/vision/tracking/face-tracker.ts';
import { type Actor, composeClip, type Screen } from '../support/composed-clip.ts';
import { type MotMetrics, motMetrics, overlap, type ScoredFrame } from '../support/mot-metrics.ts';
import { cutHeads, type MovingHead } from '../support/reel-faces.ts';
import { enginePaths } from '../support/vision.ts';

/** Detector and tracker on clips composed of the reel's heads: people cross, are hidden for a while, come and leave. */

let heads: readonly MovingHead[];
let detector: FaceDetector;
beforeAll(async () => {
  detector = await createYunetDetector(enginePaths.detectorModel);
  heads = await cutHeads();
}, 300_000);
afterAll(() => detector?.dispose());

const head = (index: number): MovingHead => heads[index % heads.length] as MovingHead;

/** From one place to another at a steady pace, in view during the whole of it. */
function walks(index: number, from: number, to: number, start: number, end: number, y: number, height: number): Actor {
  return {
    head: head(index),
    at: (seconds) =>
      seconds < start || seconds > end
        ? null
        : { x: from + ((to - from) * (seconds - start)) / (end - start), y, height },
  };
}
const stands = (index: number, x: number, y: number, height: number): Actor => ({
  head: head(index),
  at: (seconds) => ({ x: x + 3 * Math.sin(2 * seconds), y: y + 2 * Math.sin(3 * seconds), height }),
});

async function track(actors: readonly Actor[], screens: readonly Screen[], seconds: number): Promise<MotMetrics> {
  const tracker = new FaceTracker({ minScore: detector.defaultMinScore });
  const scored: ScoredFrame[] = [];
  for (const { timeMs, picture, truth, marginal } of composeClip(actors, screens, seconds, 20)) {
    const detections = await detector.detect(picture, 12, detector.defaultMinScore / 2);
    const { tracks } = tracker.update(detections, timeMs, picture.width, picture.height);
    const answer = tracks.filter(({ box, detected }) => detected || truth.some((face) => overlap(face.box, box) > 0.5));
    scored.push({
      truth,
      answer: answer
        .filter(({ box }) => !marginal.some((there) => overlap(there, box) > 0.3))
        .map(({ id, box }) => ({ id, box })),
    });
  }
  return motMetrics(scored, 0.4);
}

describe('tracking on composed clips', () => {
  it('has people to compose them of', () => expect(heads.length).toBeGreaterThanOrEqual(3));

  it('keeps people apart who cross, at different paces and depths', async () => {
    const metrics = await track(
      [
        walks(0, -60, 1340, 0, 6, 300, 110),
        walks(1, 1340, -60, 0.5, 6, 320, 130),
        walks(2, -60, 1340, 2, 7.5, 330, 150),
      ],
      [],
      8,
    );
    expect(metrics.truthBoxes).toBeGreaterThan(200);
    expect(metrics.idf1).toBeGreaterThanOrEqual(0.95);
    expect(metrics.mota).toBeGreaterThanOrEqual(0.9);
  });

  it('finds people again behind a column they pass and a poster that passes them', async () => {
    const column: Screen = () => ({ x: 600, y: 0, width: 130, height: 720 });
    const poster: Screen = (seconds) => ({ x: 1000 - 330 * (seconds - 3), y: 420, width: 260, height: 300 });
    const metrics = await track(
      [walks(0, -60, 1340, 0, 6, 220, 120), walks(1, 1340, -60, 1, 6.5, 250, 100), stands(2, 300, 560, 120)],
      [column, poster],
      8,
    );
    expect(metrics.idf1).toBeGreaterThanOrEqual(0.95);
    expect(metrics.mota).toBeGreaterThanOrEqual(0.9);
  });

  it('follows a small crowd before the screen', async () => {
    const metrics = await track(
      [
        walks(3, -40, 1320, 0, 8, 180, 60),
        walks(4, 1320, -40, 1, 7, 190, 70),
        stands(0, 420, 380, 140),
        stands(1, 840, 390, 150),
        walks(2, -90, 1370, 2, 7.5, 580, 190),
      ],
      [],
      8,
    );
    expect(metrics.idf1).toBeGreaterThanOrEqual(0.95);
    expect(metrics.mota).toBeGreaterThanOrEqual(0.9);
  });
});
