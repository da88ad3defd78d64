import type { Box, FaceLandmarks, Point } from '../../../contract/geometry.ts';
import type { Detection } from './face-detector.ts';

/** Five landmarks as x, y. */
const coordinates = 10;

/** What one cell says, in pixels of the network's input; made once and filled again and again. */
export interface Answer {
  readonly box: { -readonly [Key in keyof Box]: Box[Key] };
  readonly landmarks: Float64Array;
}

export function emptyAnswer(): Answer {
  return { box: { x: 0, y: 0, width: 0, height: 0 }, landmarks: new Float64Array(coordinates) };
}

/**
 * Faces with the box of their best answer and the landmarks of all that say nearly the same: their mean, weighted by the
 * square of the score. Neighbouring cells err apart from each other, so the mean is nearer to the face and calmer than the
 * best of them (docs/detector.md has the figures). Boxes are not joined: where a face is half hidden, the cells draw
 * theirs differently, and the mean of them moved by jumps. Keeps its numbers in typed arrays of fixed size.
 */
export class JoinedLandmarks {
  readonly #boxes: Float64Array;
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;
  readonly #scores: Float64Array;

  /** @param capacity the most faces */
  constructor(capacity: number) {
    this.#boxes = new Float64Array(capacity * 4);
    this.#sums = new Float64Array(capacity * coordinates);
    this.#weights = new Float64Array(capacity);
    this.#scores = new Float64Array(capacity);
  }

  /** The best answer of a face. @param face 0..capacity - 1 */
  begin(face: number, score: number, answer: Answer): void {
    const { x, y, width, height } = answer.box;
    this.#boxes[face * 4] = x;
    this.#boxes[face * 4 + 1] = y;
    this.#boxes[face * 4 + 2] = width;
    this.#boxes[face * 4 + 3] = height;
    this.#scores[face] = score;
    this.#weights[face] = 0;
    this.#sums.fill(0, face * coordinates, (face + 1) * coordinates);
    this.add(face, score, answer);
  }

  /** Another answer to a face that has begun. */
  add(face: number, score: number, { landmarks }: Answer): void {
    const weight = score * score;
    (this.#weights[face] as number) += weight;
    for (let i = 0; i < coordinates; i++) {
      (this.#sums[face * coordinates + i] as number) += weight * (landmarks[i] as number);
    }
  }

  /** Score of the best answer. */
  score(face: number): number {
    return this.#scores[face] as number;
  }

  /** @param scaleX, scaleY frame pixels per input pixel */
  detection(face: number, scaleX: number, scaleY: number): Detection {
    const weight = this.#weights[face] as number;
    const side = (index: number) => this.#boxes[face * 4 + index] as number;
    const mean = (index: number) => (this.#sums[face * coordinates + index] as number) / weight;
    const point = (k: number): Point => ({ x: mean(2 * k) * scaleX, y: mean(2 * k + 1) * scaleY });
    const landmarks: FaceLandmarks = [point(0), point(1), point(2), point(3), point(4)];
    return {
      box: { x: side(0) * scaleX, y: side(1) * scaleY, width: side(2) * scaleX, height: side(3) * scaleY },
      landmarks,
      score: this.score(face),
    };
  }
}
