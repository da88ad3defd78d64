import type { FusedAttributes } from './attributes.ts';
import type { Box } from './geometry.ts';

/** Why a face is or is not read; `waiting` = fit to be read, not yet its turn. */
export const readabilityStates = ['read', 'waiting', 'too-small', 'too-blurred', 'turned-away'] as const;
export type Readability = (typeof readabilityStates)[number];

/** What leaves the engine about one face: no landmarks, since nobody outside needs them. */
export interface TrackedFace {
  /** Lives in memory only; never reused while the engine runs. */
  readonly trackId: number;
  readonly box: Box;
  /** Detector score, 0..1. */
  readonly score: number;
  /** Fitness for reading attributes, 0..1 (size, sharpness, pose). */
  readonly quality: number;
  readonly readability: Readability;
  /** Whether the face is turned to the screen in this frame. */
  readonly facing: boolean;
  /** False while the track is carried on by its motion model because no detection matched in this frame. */
  readonly detected: boolean;
  readonly attributes: FusedAttributes | null;
}

/** Milliseconds spent on one frame, by stage. */
export interface StageTimings {
  readonly decode: number;
  readonly detect: number;
  readonly track: number;
  readonly attributes: number;
  /** From the frame's decoding to its result leaving the engine. */
  readonly total: number;
}

export interface FrameCounters {
  /** Frames the source delivered, since it was opened. */
  readonly received: number;
  readonly analysed: number;
  /** Frames replaced by a newer one before they could be analysed. */
  readonly dropped: number;
}

/** Everything the engine found in one frame. Immutable; boxes are in pixels of the (rotated, mirrored) frame. */
export interface FrameResult {
  /** Counts up by one for each analysed frame while the engine runs. */
  readonly sequence: number;
  /** Time on the source's own clock, in ms; never goes back, also when a video loops. */
  readonly timeMs: number;
  /** Wall clock at decoding, ms since the epoch: for time buckets and latency, not for durations. */
  readonly capturedAtMs: number;
  readonly width: number;
  readonly height: number;
  readonly faces: readonly TrackedFace[];
  /** Ids of tracks that have ended with this frame. */
  readonly endedTrackIds: readonly number[];
  readonly timings: StageTimings;
  readonly counters: FrameCounters;
}

/** A picture for the operator's eyes. Planes lie one after another in `data`: Y, then U and V at half size (rounded up). */
export interface PreviewPicture {
  /** The sequence of the FrameResult it belongs to. */
  readonly sequence: number;
  readonly width: number;
  readonly height: number;
  readonly data: ArrayBuffer;
  /** Colour matrix of the planes; limited range unless `fullRange`. */
  readonly matrix: 'bt601' | 'bt709';
  readonly fullRange: boolean;
}
