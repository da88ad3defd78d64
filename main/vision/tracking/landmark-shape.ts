import type { Box, FaceLandmarks } from '../../../contract/geometry.ts';

/**
 * Where eyes, nose and mouth sit within the box, in parts of its width and height: ten numbers that tell which way a
 * head is turned. They change little from frame to frame, and two people whose ways cross mostly look different ways.
 */
export type LandmarkShape = Float64Array;

export function landmarkShape(box: Box, landmarks: FaceLandmarks): LandmarkShape {
  const shape = new Float64Array(10);
  const width = Math.max(box.width, 1e-3);
  const height = Math.max(box.height, 1e-3);
  landmarks.forEach(({ x, y }, k) => {
    shape[2 * k] = (x - box.x) / width;
    shape[2 * k + 1] = (y - box.y) / height;
  });
  return shape;
}

/** Root mean square distance of corresponding landmarks, in parts of the box. */
export function shapeDistance(a: LandmarkShape, b: LandmarkShape): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return Math.sqrt(sum / 5);
}
