import { defaultEngineOptions } from '../../../contract/engine.ts';
import type { Point } from '../../../contract/geometry.ts';
import { createFrameSource } from '../../../main/vision/capture/create-frame-source.ts';
import { createYunetDetector } from '../../../main/vision/detection/yunet-detector.ts';
import { enginePaths } from '../../support/vision.ts';

/**
 * The landmarks that the engine computes on the demo reel, which it tells nobody: found anew by the same detector on the
 * same pictures with the same options.
 *
 * @param lastFrame of the reel
 * @param every one frame in so many
 */
export async function landmarksOfReel(lastFrame: number, every: number): Promise<readonly Point[]> {
  const detector = await createYunetDetector(enginePaths.detectorModel);
  const reel = { kind: 'video', path: enginePaths.demoReel, loop: false } as const;
  const source = createFrameSource(reel, { mirror: false, rotateDegrees: 0, realTime: false, demoReel: '', every });
  const landmarks: Point[] = [];
  await source.open(() => {});
  for (let frame = await source.next(); frame; frame = await source.next()) {
    const index = frame.origin?.index ?? 0;
    if (index <= lastFrame) {
      const found = await detector.detect(frame, defaultEngineOptions.smallestFacePx, detector.defaultMinScore);
      landmarks.push(...found.flatMap((face) => face.landmarks));
    }
    frame.release();
    if (index >= lastFrame) break;
  }
  await source.close();
  await detector.dispose();
  return landmarks;
}
