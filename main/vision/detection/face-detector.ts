import type { Box, FaceLandmarks } from '../../../contract/geometry.ts';
import type { DetectionEffort } from './detection-scale.ts';

export interface Detection {
  /** In pixels of the frame, not of the scaled copy. */
  readonly box: Box;
  readonly landmarks: FaceLandmarks;
  /** 0..1 */
  readonly score: number;
}

/** What a detector needs of a frame. */
export interface DetectorInput {
  readonly width: number;
  readonly height: number;
  /** RGB24, scaled to exactly this size; the view is valid until the frame is released. */
  scaledRgb(width: number, height: number): Uint8Array;
}

/** Another kind of detector is another implementation of this, in one file. */
export interface FaceDetector {
  readonly name: string;
  readonly version: string;
  /** The working point of the model's metadata, 0..1. */
  readonly defaultMinScore: number;
  /**
   * @param smallestFacePx height in frame pixels of the smallest face wanted: sets the scale
   * @param minScore 0..1
   * @param effort `still` for a single picture, which may be enlarged; `live` (the default) for frames that follow
   *   one another
   * @returns detections after non-maximum suppression, best first; those down to `minScore`
   */
  detect(
    input: DetectorInput,
    smallestFacePx: number,
    minScore: number,
    effort?: DetectionEffort,
  ): Promise<readonly Detection[]>;
  dispose(): Promise<void>;
}
