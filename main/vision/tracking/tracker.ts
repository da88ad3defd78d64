import type { Box, FaceLandmarks } from '../../../contract/geometry.ts';
import type { Detection } from '../detection/face-detector.ts';

export interface Track {
  readonly id: number;
  /** Smoothed by the motion model, in frame pixels. */
  readonly box: Box;
  /** Of the last matching detection, carried along with the box where there is none. */
  readonly landmarks: FaceLandmarks;
  readonly score: number;
  /** Whether a detection matched in this frame. */
  readonly detected: boolean;
}

export interface TrackerUpdate {
  /** Tracks to show in this frame: confirmed, and seen now or only just lost. */
  readonly tracks: readonly Track[];
  /** Ids that will never be used again. */
  readonly endedIds: readonly number[];
}

export interface Tracker {
  /**
   * @param detections down to a score below the working point: weak ones only carry existing tracks on (ByteTrack)
   * @param timeMs source time of the frame; gaps of any length are allowed
   */
  update(detections: readonly Detection[], timeMs: number, width: number, height: number): TrackerUpdate;
  /** Ends every track, for a change of source. @returns the ids ended */
  reset(): readonly number[];
}
