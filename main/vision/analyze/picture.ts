import type { DetectorInput } from '../detection/face-detector.ts';

/** A picture in memory: RGB24, row by row, tightly packed. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** A picture in the middle of a black ground, which shows the detector a face that fills its picture as a whole. */
export class FramedPicture implements DetectorInput {
  readonly width: number;
  readonly height: number;
  readonly #picture: Picture;
  readonly margin: number;

  /** @param margin on each side, in pixels of the picture */
  constructor(picture: Picture, margin: number) {
    this.#picture = picture;
    this.margin = margin;
    this.width = picture.width + 2 * margin;
    this.height = picture.height + 2 * margin;
  }

  scaledRgb(width: number, height: number): Uint8Array {
    const inner = {
      width: Math.max(1, Math.round((this.#picture.width * width) / this.width)),
      height: Math.max(1, Math.round((this.#picture.height * height) / this.height)),
    };
    if (inner.width === width && inner.height === height) return scaled(this.#picture, width, height);
    const ground = new Uint8Array(width * height * 3);
    const picture = scaled(this.#picture, inner.width, inner.height);
    const left = Math.round((this.margin * width) / this.width);
    const top = Math.round((this.margin * height) / this.height);
    const rows = Math.min(inner.height, height - top);
    const bytes = Math.min(inner.width, width - left) * 3;
    for (let row = 0; row < rows; row++) {
      const from = row * inner.width * 3;
      ground.set(picture.subarray(from, from + bytes), ((top + row) * width + left) * 3);
    }
    return ground;
  }
}

/**
 * Scales with a triangle filter that is as wide as one pixel of the result when it shrinks (each source pixel counts)
 * and bilinear when it enlarges.
 */
export function scaled({ width, height, rgb }: Picture, toWidth: number, toHeight: number): Uint8Array {
  if (toWidth === width && toHeight === height) return rgb;
  const columns = filterOf(width, toWidth);
  const rows = filterOf(height, toHeight);
  const narrow = new Float32Array(toWidth * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < toWidth; x++) {
      const { from, weights } = columns[x] as Tap;
      const target = (y * toWidth + x) * 3;
      for (let i = 0; i < weights.length; i++) {
        const source = (y * width + from + i) * 3;
        const weight = weights[i] as number;
        for (let c = 0; c < 3; c++) {
          narrow[target + c] = (narrow[target + c] as number) + weight * (rgb[source + c] as number);
        }
      }
    }
  }
  const result = new Uint8Array(toWidth * toHeight * 3);
  const rowLength = toWidth * 3;
  for (let y = 0; y < toHeight; y++) {
    const { from, weights } = rows[y] as Tap;
    for (let at = 0; at < rowLength; at++) {
      let sum = 0.5;
      for (let i = 0; i < weights.length; i++) {
        sum += (weights[i] as number) * (narrow[(from + i) * rowLength + at] as number);
      }
      result[y * rowLength + at] = sum;
    }
  }
  return result;
}

/** The source pixels that one pixel of the result is made of; the weights add up to 1. */
interface Tap {
  readonly from: number;
  readonly weights: readonly number[];
}

function filterOf(length: number, toLength: number): readonly Tap[] {
  const step = length / toLength;
  const reach = Math.max(1, step);
  return Array.from({ length: toLength }, (_, i) => {
    const centre = (i + 0.5) * step;
    const from = Math.max(0, Math.ceil(centre - reach - 0.5));
    const to = Math.min(length - 1, Math.floor(centre + reach - 0.5));
    const weights: number[] = [];
    for (let at = from; at <= to; at++) weights.push(Math.max(0, 1 - Math.abs(at + 0.5 - centre) / reach));
    const sum = weights.reduce((a, b) => a + b, 0);
    return sum > 0 ? { from, weights: weights.map((weight) => weight / sum) } : nearest(centre, length);
  });
}

function nearest(centre: number, length: number): Tap {
  return { from: Math.min(length - 1, Math.floor(centre)), weights: [1] };
}
