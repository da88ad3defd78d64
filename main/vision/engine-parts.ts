import { listCameras } from './capture/cameras.ts';
import { createFrameSource } from './capture/create-frame-source.ts';
import type { EngineParts } from './engine.ts';
import { loadModels } from './load-models.ts';

/** The engine's real parts. */
export const engineParts: EngineParts = {
  loadModels,
  listCameras,
  createSource: (source, { paths, options: { mirror, rotateDegrees } }) =>
    createFrameSource(source, { mirror, rotateDegrees, realTime: true, demoReel: paths.demoReel }),
};
