import type { EngineOptions } from '../../contract/engine.ts';
import { defaultEngineOptions } from '../../contract/engine.ts';
import type { Settings } from '../../contract/settings.ts';

/** How the engine is to look at the picture, by the settings. */
export function engineOptionsOf({ picture }: Settings): EngineOptions {
  return {
    ...defaultEngineOptions,
    smallestFacePx: picture.smallestFacePx,
    regionOfInterest: picture.regionOfInterest,
    mirror: picture.mirror,
    rotateDegrees: picture.rotateDegrees,
  };
}
