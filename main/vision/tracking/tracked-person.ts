import type { Box, FaceLandmarks } from '../../../contract/geometry.ts';
import type { Detection } from '../detection/face-detector.ts';
import { BoxMotion } from './box-motion.ts';
import { type LandmarkShape, landmarkShape, shapeDistance } from './landmark-shape.ts';
import type { Track } from './tracker.ts';

/** A pair whose parts are further off than this is none (chi-square, two degrees of freedom each, about 0.999). */
const positionGate = 14;
const sizeGate = 18;
/** Nobody jumps: the furthest that centres may lie apart, in face sizes, and how much more for each second unseen. */
const nearestReach = 0.8;
const reachPerSecond = 4;
const furthestReach = 4;
/** Usual change of the landmarks' shape between sights, and the most its part of the price can be. */
const shapeNoise = 0.1;
const shapeGate = 9;

/** Weak detections carry a track on while its scores, averaged over this time, stay above this part of the working point. */
const confidenceSeconds = 0.5;
const leastConfidence = 0.85;

/** A track that has not been seen for this long is lost. */
const lostAfterSeconds = 0.1;
/** Who turns up at the border of the picture after a gap has most likely just come in: what else it costs to doubt it. */
const borderPrice = 20;

/** What a track would rather pay than take a detection; prices are about chi-squares of a few degrees of freedom. */
const alonePrice = { seen: 30, lost: 28 } as const;

/** What it costs a lost face to turn back right behind itself. */
const turnBackPrice = 6;

/** The frame that detections lie in, pixels. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** One face that is followed: its motion, its looks, and whether it has been confirmed. */
export class TrackedPerson {
  /** Given when confirmed, so that chance detections use up no ids. */
  id: number | null = null;
  lastSeenMs: number;
  score: number;
  detected = true;
  readonly #motion: BoxMotion;
  /** Scores averaged over time. */
  #confidence: number;
  #shape: LandmarkShape;
  #landmarks: FaceLandmarks;
  /** The smoothed box at the last sight, to carry the landmarks along. */
  #boxAtSight: Box;

  constructor(detection: Detection, timeMs: number) {
    this.lastSeenMs = timeMs;
    this.score = detection.score;
    this.#confidence = detection.score;
    this.#motion = new BoxMotion(detection.box);
    this.#shape = landmarkShape(detection.box, detection.landmarks);
    this.#landmarks = detection.landmarks;
    this.#boxAtSight = this.#motion.box;
  }

  get box(): Box {
    return this.#motion.box;
  }

  get alonePrice(): number {
    return this.#isLost ? alonePrice.lost : alonePrice.seen;
  }

  get #isLost(): boolean {
    return this.#motion.sinceSight > lostAfterSeconds;
  }

  /**
   * Whether a weak detection may carry it on. Not for ever: a thing that looks a little like a face began with a chance
   * score above the working point and would be followed as long as it stands there.
   *
   * @param minScore detector working point, 0..1
   */
  trusts(minScore: number): boolean {
    return this.#confidence >= leastConfidence * minScore;
  }

  predict(seconds: number): void {
    this.detected = false;
    this.#motion.predict(seconds);
  }

  /** What it costs to take a detection for this face, 0 at best; Infinity where that cannot be. */
  price(detection: Detection, frame: FrameSize): number {
    const { position, size, distance, spread } = this.#motion.mismatch(detection.box);
    const reach = Math.min(nearestReach + reachPerSecond * this.#motion.sinceSight, furthestReach);
    if (position > positionGate || size > sizeGate || distance > reach) return Number.POSITIVE_INFINITY;
    const shape = shapeDistance(this.#shape, landmarkShape(detection.box, detection.landmarks)) / shapeNoise;
    const cameIn = this.#isLost && touchesBorder(detection.box, frame) && !touchesBorder(this.#boxAtSight, frame);
    // The logarithm makes it a likelihood: of two tracks that reach a detection, the surer one is asked first.
    return (
      position +
      size / 2 +
      Math.min(shape * shape, shapeGate) +
      Math.max(spread + 4, 0) +
      (cameIn ? borderPrice : 0) +
      (this.#isLost ? turnBackPrice * this.#motion.turnBack(detection.box) : 0)
    );
  }

  sight(detection: Detection, timeMs: number): void {
    const share = 1 - Math.exp(-this.#motion.sinceSight / confidenceSeconds);
    this.#confidence += share * (detection.score - this.#confidence);
    this.#motion.update(detection.box);
    const seen = landmarkShape(detection.box, detection.landmarks);
    for (let i = 0; i < seen.length; i++) {
      this.#shape[i] = (this.#shape[i] as number) + 0.5 * ((seen[i] as number) - (this.#shape[i] as number));
    }
    this.#landmarks = detection.landmarks;
    this.#boxAtSight = this.#motion.box;
    this.score = detection.score;
    this.lastSeenMs = timeMs;
    this.detected = true;
  }

  miss(): void {
    this.#motion.miss();
  }

  /** @param id the one it was given */
  toTrack(id: number): Track {
    return { id, box: this.box, landmarks: this.#carriedLandmarks(), score: this.score, detected: this.detected };
  }

  #carriedLandmarks(): FaceLandmarks {
    if (this.detected) return this.#landmarks;
    const from = this.#boxAtSight;
    const to = this.box;
    const [a, b, c, d, e] = this.#landmarks.map(({ x, y }) => ({
      x: to.x + ((x - from.x) / from.width) * to.width,
      y: to.y + ((y - from.y) / from.height) * to.height,
    })) as unknown as FaceLandmarks;
    return [a, b, c, d, e];
  }
}

function touchesBorder({ x, y, width, height }: Box, frame: FrameSize): boolean {
  return x <= 0 || y <= 0 || x + width >= frame.width || y + height >= frame.height;
}
