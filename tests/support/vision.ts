import { join } from 'node:path';
import type { EnginePaths } from '../../contract/engine.ts';
import type { Box } from '../../contract/geometry.ts';
import { repository } from './shared.ts';

/** The installed models and the demo reel; VITRINE_DETECTOR tries out another detector file. */
export const enginePaths: EnginePaths = {
  detectorModel: process.env.VITRINE_DETECTOR ?? join(repository, 'resources/models/face-detector.onnx'),
  attributeModel: join(repository, 'resources/models/attributes.onnx'),
  alignment: join(repository, 'resources/models/alignment.json'),
  demoReel: join(repository, 'resources/demo/reel.mp4'),
};

/** Part of a box that lies in the picture, 0..1. */
export function visiblePart(box: Box, width: number, height: number): number {
  const inside =
    Math.max(0, Math.min(box.x + box.width, width) - Math.max(box.x, 0)) *
    Math.max(0, Math.min(box.y + box.height, height) - Math.max(box.y, 0));
  return inside / (box.width * box.height);
}
