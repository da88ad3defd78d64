import type { Readability } from '../../../contract/frame-result.ts';
import type { HeadPose } from './pose.ts';

/** Side in picture pixels of the smallest crop that is read; a face box is about as high as its crop's side. */
const smallestSide = 20;
/** A larger crop makes no better reading. */
const fullSide = 96;

const facingYaw = 30;
const facingPitch = 28;
/** A face that was turned to the screen stays so until it has turned away this much further. */
const facingHysteresis = 6;

const readableYaw = 60;
const readablePitch = 45;
/** Up to here the pose does no harm to a reading. */
const freeYaw = 15;

/** Below this sharpness (a face blurred to what 12 to 16 pixels could show) a crop is not read. */
const leastSharpness = 0.12;

/** Why a face of this size and pose is not to be read, or null. Blur shows only once it has been cropped. */
export function unreadable(side: number, pose: HeadPose): Readability | null {
  if (!(side >= smallestSide)) return 'too-small';
  if (Math.abs(pose.yaw) > readableYaw || Math.abs(pose.pitch) > readablePitch) return 'turned-away';
  return null;
}

export function tooBlurred(sharpness: number): boolean {
  return sharpness < leastSharpness;
}

/** Whether a face is turned to the screen; with hysteresis, so that it does not flicker. */
export function isFacing(pose: HeadPose, wasFacing: boolean): boolean {
  const slack = wasFacing ? facingHysteresis : 0;
  return Math.abs(pose.yaw) <= facingYaw + slack && Math.abs(pose.pitch) <= facingPitch + slack;
}

/**
 * Fitness for reading attributes.
 *
 * @param side of the crop in picture pixels
 * @param sharpness 0..1, from `sharpnessOf`
 * @returns 0..1
 */
export function qualityOf(side: number, pose: HeadPose, sharpness: number): number {
  const size = clamp01(Math.log2(side / (smallestSide / 2)) / Math.log2(fullSide / (smallestSide / 2)));
  const turn = 1 - 0.9 * clamp01((Math.abs(pose.yaw) - freeYaw) / (readableYaw - freeYaw));
  return size * turn * (0.15 + 0.85 * sharpness);
}

/**
 * Sharpness of an aligned crop: how much of the contrast over a longer distance there is already over a shorter one,
 * a third of it (ratio of structure functions). A smooth ramp has 1/9, whatever its contrast; sharp faces about 0.4.
 * The distances are parts of the face, so that the measure is the same for every size of crop, and a small face that
 * was enlarged counts as the blurred one it is.
 *
 * @param crop red, green and blue plane from `offset` on, each `size * size` values
 * @returns 0..1; on FFHQ faces of 90 px nearly all have 1, blurred by a Gaussian of 2 px .6, of 4 px .2
 */
export function sharpnessOf(crop: Float32Array, offset: number, size: number): number {
  const near = Math.max(1, Math.round(size / 22));
  const far = 3 * near;
  const from = Math.round(size * 0.15);
  const to = size - from;
  const green = offset + size * size;
  let nearSum = 0;
  let nearCount = 0;
  let farSum = 0;
  let farCount = 0;
  for (let row = from; row < to; row++) {
    for (let column = from; column < to; column++) {
      const here = green + row * size + column;
      const value = crop[here] as number;
      if (column + near < to) {
        nearSum += squared((crop[here + near] as number) - value);
        nearCount++;
      }
      if (row + near < to) {
        nearSum += squared((crop[here + near * size] as number) - value);
        nearCount++;
      }
      if (column + far < to) {
        farSum += squared((crop[here + far] as number) - value);
        farCount++;
      }
      if (row + far < to) {
        farSum += squared((crop[here + far * size] as number) - value);
        farCount++;
      }
    }
  }
  const contrast = farSum / Math.max(farCount, 1);
  if (contrast < flatContrast) return 0;
  const ratio = nearSum / Math.max(nearCount, 1) / contrast;
  return clamp01((ratio - smoothRatio) / (sharpRatio - smoothRatio));
}

/** Mean squared difference in grey levels below which nothing can be seen in a crop. */
const flatContrast = 4;
const smoothRatio = 0.14;
const sharpRatio = 0.3;

function squared(value: number): number {
  return value * value;
}

function clamp01(value: number): number {
  return Math.max(0, Math.min(1, value));
}
