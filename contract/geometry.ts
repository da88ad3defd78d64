/** Continuous picture coordinates in pixels: the pixel in column c, row r has its centre at (c + 0.5, r + 0.5). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Upper left corner and size, in pixels of the frame unless a name says otherwise. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** In this order: right eye (left in the picture), left eye, nose tip, right mouth corner, left mouth corner. */
export type FaceLandmarks = readonly [Point, Point, Point, Point, Point];
