import type { RelativeBox } from '../../contract/engine.ts';
import type { FrameResult, StageTimings, TrackedFace } from '../../contract/frame-result.ts';
import type { AttributeReader, FaceState } from './attributes/attribute-reader.ts';
import type { Frame } from './capture/frame-source.ts';
import type { Detection, FaceDetector } from './detection/face-detector.ts';
import type { Track, Tracker } from './tracking/tracker.ts';

/** How frames are to be looked at; may change from one frame to the next. */
export interface AnalysisOptions {
  readonly smallestFacePx: number;
  /** Working point, 0..1, or null for the one in the detector's metadata. */
  readonly minScore: number | null;
  readonly regionOfInterest: RelativeBox | null;
  readonly attributeBudgetMs: number;
}

export interface AnalyserParts {
  /** Null where there is none: frames then have no faces. */
  readonly detector: FaceDetector | null;
  readonly tracker: Tracker & { setMinScore(minScore: number): void };
  readonly reader: AttributeReader;
  /** A clock in ms that never goes back, for durations. */
  readonly now: () => number;
}

/** Detections down to this part of the working point still carry existing tracks on. */
const weakShare = 0.5;

/** What one frame shows, before it is numbered and sent. */
export type FrameFindings = Omit<FrameResult, 'sequence' | 'counters'>;

/** The way of one frame: detection, tracking, attributes. Nothing of the frame is kept. */
export class FrameAnalyser {
  readonly #parts: AnalyserParts;

  constructor(parts: AnalyserParts) {
    this.#parts = parts;
  }

  /** @param timeMs of the frame on a clock that never goes back, also when the source changes */
  async analyse(frame: Frame, timeMs: number, options: AnalysisOptions): Promise<FrameFindings> {
    const { detector, tracker, reader, now } = this.#parts;
    const started = now();
    const minScore = options.minScore ?? detector?.defaultMinScore ?? 1;
    const found = detector ? await detector.detect(frame, options.smallestFacePx, minScore * weakShare) : [];
    const detected = now();
    const wanted = inside(found, options.regionOfInterest, frame.width, frame.height);
    tracker.setMinScore(minScore);
    const { tracks, endedIds } = tracker.update(wanted, timeMs, frame.width, frame.height);
    reader.forget(endedIds);
    const tracked = now();
    const states = await reader.read(frame, tracks, timeMs, options.attributeBudgetMs);
    const read = now();
    const timings: StageTimings = {
      decode: frame.decodeMs,
      detect: detected - started,
      track: tracked - detected,
      attributes: read - tracked,
      total: frame.decodeMs + Math.max(Date.now() - frame.capturedAtMs, read - started),
    };
    return {
      timeMs,
      capturedAtMs: frame.capturedAtMs,
      width: frame.width,
      height: frame.height,
      faces: tracks.map((track, i) => faceOf(track, states[i] as FaceState)),
      endedTrackIds: endedIds,
      timings,
    };
  }

  /** Ends every track. @returns the ids ended */
  reset(): readonly number[] {
    const ended = this.#parts.tracker.reset();
    this.#parts.reader.forget(ended);
    return ended;
  }
}

/** Detections whose centre lies in the region. */
function inside(
  detections: readonly Detection[],
  region: RelativeBox | null,
  width: number,
  height: number,
): readonly Detection[] {
  if (!region) return detections;
  return detections.filter(({ box }) => {
    const x = (box.x + box.width / 2) / width;
    const y = (box.y + box.height / 2) / height;
    return x >= region.x && x <= region.x + region.width && y >= region.y && y <= region.y + region.height;
  });
}

function faceOf(track: Track, state: FaceState): TrackedFace {
  return {
    trackId: track.id,
    box: track.box,
    score: track.score,
    quality: state.quality,
    readability: state.readability,
    facing: state.facing,
    detected: track.detected,
    attributes: state.attributes,
  };
}

/** A result without faces, which tells that tracks have ended when no frame will. */
export function farewell(last: FrameResult, endedTrackIds: readonly number[], sequence: number): FrameResult {
  return {
    ...last,
    sequence,
    capturedAtMs: Date.now(),
    faces: [],
    endedTrackIds,
    timings: { decode: 0, detect: 0, track: 0, attributes: 0, total: 0 },
  };
}
