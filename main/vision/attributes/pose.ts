import type { FaceLandmarks, Point } from '../../../contract/geometry.ts';

/** How far a head is turned, estimated from five landmarks alone. */
export interface HeadPose {
  /** Degrees; positive = turned to the picture's right. About 5 degrees off, root mean square, up to 50. */
  readonly yaw: number;
  /** Degrees; positive = turned up. Coarse, about 8 degrees off. */
  readonly pitch: number;
}

/**
 * Slopes of a straight-line fit over 790 FFHQ faces whose yaw and pitch are labelled (correlation .94 and .33). The
 * fit for yaw goes through zero, that for pitch through a nose that is a little below the middle of eyes and mouth.
 */
const yawDegreesPerShift = 77;
const pitchDegreesPerShift = 54;
const frontalNoseHeight = 0.51;

/** Turned this far, one half of the face can no longer be seen: any larger estimate means nothing. */
const largestDegrees = 90;

/**
 * Along the face's own axes (from the eyes' middle to the mouth's, and across), so that a tilted head counts as
 * straight: yaw from how far the nose is off the middle line, in mean widths of eyes and mouth; pitch from how far
 * down the nose is between eyes and mouth.
 */
export function estimatePose(landmarks: FaceLandmarks): HeadPose {
  const [rightEye, leftEye, nose, rightMouth, leftMouth] = landmarks;
  const eyes = middle(rightEye, leftEye);
  const mouth = middle(rightMouth, leftMouth);
  const across = {
    x: leftEye.x - rightEye.x + leftMouth.x - rightMouth.x,
    y: leftEye.y - rightEye.y + leftMouth.y - rightMouth.y,
  };
  const width = Math.hypot(across.x, across.y) / 2;
  const right = width > 0 ? { x: across.x / (2 * width), y: across.y / (2 * width) } : { x: 1, y: 0 };
  const down = { x: -right.y, y: right.x };
  const centre = middle(eyes, mouth);
  const shift = dot(nose, centre, right) / Math.max(width, 1e-6);
  const depth = dot(mouth, eyes, down);
  const height = depth > 0 ? dot(nose, eyes, down) / depth : frontalNoseHeight;
  return {
    yaw: limited(shift * yawDegreesPerShift),
    pitch: limited((frontalNoseHeight - height) * pitchDegreesPerShift),
  };
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** Length of `to - from` along the unit vector `axis`. */
function dot(to: Point, from: Point, axis: Point): number {
  return (to.x - from.x) * axis.x + (to.y - from.y) * axis.y;
}

function limited(degrees: number): number {
  return Math.max(-largestDegrees, Math.min(largestDegrees, degrees));
}
