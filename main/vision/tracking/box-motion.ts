import type { Box } from '../../../contract/geometry.ts';
import { KalmanFilter } from './kalman-filter.ts';

// All lengths are in face sizes (square root of the box's area), so that near and far faces are treated alike.

/** Scatter of a detected box's centre and of the logarithm of its sides. */
const centreNoise = 0.03;
const sizeNoise = 0.05;
/** How fast an unknown face may move (sizes per second) and how fast its size may change (logarithm per second). */
const firstVelocityNoise = 3;
const firstGrowthNoise = 0.5;
/** Wandering of the velocity of a face on the move, see KalmanFilter.predict. */
const centreAcceleration = 3;
const sizeAcceleration = 0.6;
/** A face that keeps to its course is smoothed as if it wandered this much less. */
const calmest = 0.12;
/** How quickly the measure of calmness follows, per observation. */
const calmnessRate = 0.25;
/** People stop and turn: how long a course is believed while nobody is seen, in seconds. */
const unseenPersistence = 1.5;
/** The course of a lost face is what it was over this time: what is seen of a face that is being covered misleads. */
const courseSeconds = 0.4;
/** From this speed on, in face sizes per second, a face has a course. */
const movingSpeed = 1;
/** Steps by which a gap is filled in after a track was found again. */
const mostGapSteps = 12;
const largestLogSize = 12;

interface Filters {
  readonly x: KalmanFilter;
  readonly y: KalmanFilter;
  readonly logWidth: KalmanFilter;
  readonly logHeight: KalmanFilter;
}

interface Observation {
  readonly x: number;
  readonly y: number;
  readonly logWidth: number;
  readonly logHeight: number;
}

/** How far a detection is from where a face is expected, each part in its own standard deviations, squared. */
export interface Mismatch {
  readonly position: number;
  readonly size: number;
  /** Distance of the centres in face sizes. */
  readonly distance: number;
  /** Natural logarithm of the spread of the expected position in face sizes squared: unsure tracks reach further. */
  readonly spread: number;
}

/**
 * Where the box of one face is and where it goes. Smooths a face that stands still and follows one that moves: the
 * noise of the motion model grows and falls with how badly it has predicted lately.
 */
export class BoxMotion {
  #filters: Filters;
  /** As they were at the last detection, and what was detected: a gap is filled in from there. */
  #atSight: Filters;
  #sight: Observation;
  #sinceSight = 0;
  #restlessness = 1;
  /** Velocity of the centre averaged over time, pixels per second. */
  #courseX = 0;
  #courseY = 0;

  constructor(box: Box) {
    this.#sight = observe(box);
    const size = sizeOf(this.#sight);
    this.#filters = {
      x: new KalmanFilter(this.#sight.x, centreNoise * size, firstVelocityNoise * size),
      y: new KalmanFilter(this.#sight.y, centreNoise * size, firstVelocityNoise * size),
      logWidth: new KalmanFilter(this.#sight.logWidth, sizeNoise, firstGrowthNoise),
      logHeight: new KalmanFilter(this.#sight.logHeight, sizeNoise, firstGrowthNoise),
    };
    this.#atSight = copyOf(this.#filters);
  }

  get box(): Box {
    const { x, y, logWidth, logHeight } = this.#filters;
    const width = Math.exp(Math.min(logWidth.value, largestLogSize));
    const height = Math.exp(Math.min(logHeight.value, largestLogSize));
    return { x: x.value - width / 2, y: y.value - height / 2, width, height };
  }

  /** Seconds since the last detection. */
  get sinceSight(): number {
    return this.#sinceSight;
  }

  /** @param seconds since the last step */
  predict(seconds: number): void {
    this.#sinceSight += seconds;
    const unseen = this.#sinceSight > seconds;
    step(this.#filters, seconds, this.#wandering(), unseen ? unseenPersistence : Number.POSITIVE_INFINITY);
  }

  /**
   * How much a detection would have the face turn back: 0 = it lies ahead on the course it had when last seen, 1 = right
   * behind; 0 for a face that hardly moved (the direction term of OC-SORT, see `update`).
   */
  turnBack(box: Box): number {
    const seen = observe(box);
    const size = sizeOf(this.#sight);
    const speed = Math.hypot(this.#courseX, this.#courseY);
    const x = seen.x - this.#sight.x;
    const y = seen.y - this.#sight.y;
    const distance = Math.hypot(x, y);
    if (speed < movingSpeed * size || distance < 0.1 * size) return 0;
    return (1 - (x * this.#courseX + y * this.#courseY) / (speed * distance)) / 2;
  }

  /** How badly a detection fits; for choosing, so the scatter is taken wider than for smoothing. */
  mismatch(box: Box): Mismatch {
    const seen = observe(box);
    const { x, y, logWidth, logHeight } = this.#filters;
    const size = Math.max(sizeOf({ logWidth: logWidth.value, logHeight: logHeight.value }), 1e-3);
    const seconds = this.#sinceSight;
    // What a calm face might still do, had it begun to move at the last sight.
    const surprise = (centreAcceleration * size) ** 2 * (seconds ** 3 / 3) + (0.12 * size) ** 2;
    const varianceX = x.variance + surprise;
    const varianceY = y.variance + surprise;
    const dx = seen.x - x.value;
    const dy = seen.y - y.value;
    const sizeSurprise = 0.12 ** 2 + sizeAcceleration ** 2 * (seconds ** 3 / 3);
    return {
      position: (dx * dx) / varianceX + (dy * dy) / varianceY,
      size:
        (seen.logWidth - logWidth.value) ** 2 / (logWidth.variance + sizeSurprise) +
        (seen.logHeight - logHeight.value) ** 2 / (logHeight.variance + sizeSurprise),
      distance: Math.hypot(dx, dy) / Math.max(size, sizeOf(seen), 1e-3),
      spread: 0.5 * Math.log(varianceX * varianceY) - 2 * Math.log(size),
    };
  }

  /**
   * Takes in the detection of this moment, after `predict`.
   *
   * After a gap the filters are first led from the last sight to this one in a straight line: what the model made up
   * meanwhile is forgotten (observation-centric re-update; Cao et al., "Observation-Centric SORT", CVPR 2023).
   */
  update(box: Box): void {
    const seen = observe(box);
    if (this.#sinceSight > 0.1 && this.#missed > 0) this.#fillGap(seen);
    const size = sizeOf(seen);
    const fit = this.#filters.x.update(seen.x, centreNoise * size) + this.#filters.y.update(seen.y, centreNoise * size);
    this.#filters.logWidth.update(seen.logWidth, sizeNoise);
    this.#filters.logHeight.update(seen.logHeight, sizeNoise);
    this.#restlessness += calmnessRate * (Math.min(fit / 2, 6) - this.#restlessness);
    const share = 1 - Math.exp(-this.#sinceSight / courseSeconds);
    this.#courseX += share * (this.#filters.x.velocity - this.#courseX);
    this.#courseY += share * (this.#filters.y.velocity - this.#courseY);
    this.#atSight = copyOf(this.#filters);
    this.#sight = seen;
    this.#sinceSight = 0;
    this.#missed = 0;
  }

  #missed = 0;

  /** Says that this moment has no detection for the face. */
  miss(): void {
    if (this.#missed === 0) {
      this.#filters.x.velocity = this.#courseX;
      this.#filters.y.velocity = this.#courseY;
      this.#filters.logWidth.velocity = 0;
      this.#filters.logHeight.velocity = 0;
    }
    this.#missed++;
  }

  #fillGap(seen: Observation): void {
    const filters = copyOf(this.#atSight);
    const steps = Math.min(this.#missed + 1, mostGapSteps);
    const seconds = this.#sinceSight / steps;
    const between = (part: keyof Observation, share: number) =>
      this.#sight[part] + (seen[part] - this.#sight[part]) * share;
    for (let i = 1; i <= steps; i++) {
      step(filters, seconds, 1, Number.POSITIVE_INFINITY);
      if (i === steps) break;
      const share = i / steps;
      const size = sizeOf(seen);
      filters.x.update(between('x', share), centreNoise * size);
      filters.y.update(between('y', share), centreNoise * size);
      filters.logWidth.update(between('logWidth', share), sizeNoise);
      filters.logHeight.update(between('logHeight', share), sizeNoise);
    }
    this.#filters = filters;
    this.#restlessness = 1;
  }

  #wandering(): number {
    return Math.min(Math.max(this.#restlessness ** 2, calmest), 2);
  }
}

function step({ x, y, logWidth, logHeight }: Filters, seconds: number, wandering: number, persistence: number): void {
  const size = sizeOf({ logWidth: logWidth.value, logHeight: logHeight.value });
  x.predict(seconds, centreAcceleration * wandering * size, persistence);
  y.predict(seconds, centreAcceleration * wandering * size, persistence);
  logWidth.predict(seconds, sizeAcceleration * wandering, persistence / 4);
  logHeight.predict(seconds, sizeAcceleration * wandering, persistence / 4);
}

function observe({ x, y, width, height }: Box): Observation {
  return {
    x: x + width / 2,
    y: y + height / 2,
    logWidth: Math.log(Math.max(width, 1e-3)),
    logHeight: Math.log(Math.max(height, 1e-3)),
  };
}

function sizeOf({ logWidth, logHeight }: { readonly logWidth: number; readonly logHeight: number }): number {
  return Math.exp(Math.min((logWidth + logHeight) / 2, largestLogSize));
}

function copyOf({ x, y, logWidth, logHeight }: Filters): Filters {
  return { x: x.copy(), y: y.copy(), logWidth: logWidth.copy(), logHeight: logHeight.copy() };
}
