import type { Detection } from './face-detector.ts';
import { type Answer, emptyAnswer, JoinedLandmarks } from './joined-landmarks.ts';
import { NonMaximumSuppression } from './non-maximum-suppression.ts';

/** Grid strides of the network in input pixels. */
export const strides = [8, 16, 32] as const;
export type Stride = (typeof strides)[number];

/**
 * The four outputs of one stride, row by row over the grid of (height / stride) x (width / stride) cells:
 * `cls` and `obj` one number per cell, `bbox` four, `kps` ten.
 */
export interface StrideMaps {
  readonly stride: Stride;
  readonly columns: number;
  readonly cls: Float32Array;
  readonly obj: Float32Array;
  readonly bbox: Float32Array;
  readonly kps: Float32Array;
}

/** From pixels of the network's input to pixels of the frame. */
export interface InputMapping {
  readonly frameWidth: number;
  readonly frameHeight: number;
  /** Frame pixels per input pixel. */
  readonly scaleX: number;
  readonly scaleY: number;
}

/** Faces that overlap a better one by more than this (IoU) are the same face; the value that training evaluates with. */
export const suppressionOverlap = 0.4;
/** From this overlap on two cells say nearly the same of one face; their landmarks are joined if the weaker one has this part of the score. */
const joinedOverlap = 0.6;
const joinedShare = 0.5;
/** Candidates that enter suppression, best first. */
const mostCandidates = 2000;
/** Faces that leave it. */
const mostFaces = 400;

/** exp(10) strides is larger than any input. */
const largestLogSize = 10;

/**
 * Turns the dense maps of a YuNet into detections. The cell in column c and row r speaks for the point (c, r) * stride:
 * score = sqrt(cls * obj), centre = (c + b0, r + b1) * stride, size = exp(b2, b3) * stride,
 * landmark k = (c + k_2k, r + k_2k+1) * stride.
 * Source: OpenCV, modules/objdetect/src/face_detect.cpp (`postProcess`).
 *
 * Holds its own scratch arrays, so one decoder serves one detector.
 */
export class YunetDecoder {
  #capacity = 0;
  #count = 0;
  #scores = new Float32Array(0);
  /** Index of the map, and of the cell in it. */
  #mapIndices = new Uint8Array(0);
  #cells = new Uint32Array(0);
  #order = new Uint32Array(0);
  readonly #suppression = new NonMaximumSuppression(mostFaces);
  readonly #faces = new JoinedLandmarks(mostFaces);
  readonly #answer = emptyAnswer();

  /**
   * @param maps one entry per stride
   * @param minScore 0..1
   * @returns at most 400 detections in frame pixels, best first; those whose centre lies in the padding are left out
   */
  decode(maps: readonly StrideMaps[], minScore: number, mapping: InputMapping): readonly Detection[] {
    this.#collect(maps, minScore * joinedShare);
    this.#suppression.begin(suppressionOverlap, mostFaces);
    for (const candidate of this.#bestFirst()) {
      const map = maps[this.#mapIndices[candidate] as number] as StrideMaps;
      this.#take(map, this.#cells[candidate] as number, this.#scores[candidate] as number);
    }
    const detections: Detection[] = [];
    for (let face = 0; face < this.#suppression.kept && this.#faces.score(face) >= minScore; face++) {
      const detection = this.#faces.detection(face, mapping.scaleX, mapping.scaleY);
      if (centreInside(detection, mapping)) detections.push(detection);
    }
    return detections;
  }

  /** A cell's answer begins a face of its own, is joined with a better one, or goes. */
  #take(map: StrideMaps, cell: number, score: number): void {
    const answer = this.#answer;
    readAnswer(map, cell, answer);
    const { x, y, width, height } = answer.box;
    if (!Number.isFinite(x + y + width + height)) return;
    const suppression = this.#suppression;
    if (suppression.offer(x, y, width, height)) {
      this.#faces.begin(suppression.kept - 1, score, answer);
    } else if (
      suppression.refusedOverlap >= joinedOverlap &&
      score >= joinedShare * this.#faces.score(suppression.refusedBy)
    ) {
      this.#faces.add(suppression.refusedBy, score, answer);
    }
  }

  #collect(maps: readonly StrideMaps[], minScore: number): void {
    this.#reserve(maps.reduce((sum, map) => sum + map.cls.length, 0));
    const least = minScore * minScore;
    let count = 0;
    for (const [mapIndex, { cls, obj }] of maps.entries()) {
      for (let cell = 0; cell < cls.length; cell++) {
        const product = Math.min(cls[cell] as number, 1) * Math.min(obj[cell] as number, 1);
        // Written so that a product that is not a number is no candidate.
        if (!(product >= least) || (cls[cell] as number) < 0) continue;
        this.#scores[count] = Math.sqrt(product);
        this.#mapIndices[count] = mapIndex;
        this.#cells[count] = cell;
        count++;
      }
    }
    this.#count = count;
  }

  #reserve(cells: number): void {
    if (cells <= this.#capacity) return;
    this.#capacity = cells;
    this.#scores = new Float32Array(cells);
    this.#mapIndices = new Uint8Array(cells);
    this.#cells = new Uint32Array(cells);
    this.#order = new Uint32Array(cells);
  }

  #bestFirst(): Uint32Array {
    const order = this.#order.subarray(0, this.#count);
    for (let i = 0; i < order.length; i++) order[i] = i;
    const scores = this.#scores;
    order.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
    return order.subarray(0, mostCandidates);
  }
}

/** What a cell says, in pixels of the network's input. @param answer to be filled */
function readAnswer({ stride, columns, bbox, kps }: StrideMaps, cell: number, { box, landmarks }: Answer): void {
  const column = cell % columns;
  const row = Math.floor(cell / columns);
  box.width = Math.exp(Math.min(bbox[cell * 4 + 2] as number, largestLogSize)) * stride;
  box.height = Math.exp(Math.min(bbox[cell * 4 + 3] as number, largestLogSize)) * stride;
  box.x = (column + (bbox[cell * 4] as number)) * stride - box.width / 2;
  box.y = (row + (bbox[cell * 4 + 1] as number)) * stride - box.height / 2;
  for (let k = 0; k < 10; k += 2) {
    landmarks[k] = (column + (kps[cell * 10 + k] as number)) * stride;
    landmarks[k + 1] = (row + (kps[cell * 10 + k + 1] as number)) * stride;
  }
}

function centreInside({ box }: Detection, { frameWidth, frameHeight }: InputMapping): boolean {
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  return x >= 0 && x < frameWidth && y >= 0 && y < frameHeight;
}
