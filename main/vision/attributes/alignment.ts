import { z } from 'zod';
import type { FaceLandmarks } from '../../../contract/geometry.ts';

/** Upright face crops, exactly as `docs/alignment.md` specifies them; training makes the same ones in Python. */

const templateSchema = z.object({
  id: z.string(),
  points: z.array(z.tuple([z.number(), z.number()])).length(5),
  max_supersampling: z.int().min(1).max(16),
  border: z.literal('replicate'),
});

/** Where the landmarks of an average frontal face lie in the unit crop. */
export interface AlignmentTemplate {
  readonly id: string;
  readonly points: readonly (readonly [number, number])[];
  readonly maxSupersampling: number;
}

/** @throws where the text is not the content of an `alignment.json` */
export function parseAlignmentTemplate(text: string): AlignmentTemplate {
  const content = templateSchema.parse(JSON.parse(text));
  return { id: content.id, points: content.points, maxSupersampling: content.max_supersampling };
}

/** `x = a*u - b*v + tx, y = b*u + a*v + ty`: unit coordinates of the crop to picture coordinates in pixels. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
  /** Side of the square crop in picture pixels. */
  readonly side: number;
}

/**
 * The least-squares similarity (no reflection) from the template to the landmarks: Umeyama 1991 in two dimensions.
 *
 * @returns null where the landmarks span less than a pixel: such a face has no crop
 */
export function fitSimilarity(landmarks: FaceLandmarks, template: AlignmentTemplate): Similarity | null {
  let qmx = 0;
  let qmy = 0;
  let pmx = 0;
  let pmy = 0;
  for (let i = 0; i < 5; i++) {
    const [qx, qy] = template.points[i] as readonly [number, number];
    const p = landmarks[i] as FaceLandmarks[number];
    qmx += qx / 5;
    qmy += qy / 5;
    pmx += p.x / 5;
    pmy += p.y / 5;
  }
  let n = 0;
  let dot = 0;
  let cross = 0;
  for (let i = 0; i < 5; i++) {
    const [qx, qy] = template.points[i] as readonly [number, number];
    const p = landmarks[i] as FaceLandmarks[number];
    const dqx = qx - qmx;
    const dqy = qy - qmy;
    n += dqx * dqx + dqy * dqy;
    dot += dqx * (p.x - pmx) + dqy * (p.y - pmy);
    cross += dqx * (p.y - pmy) - dqy * (p.x - pmx);
  }
  const a = dot / n;
  const b = cross / n;
  const side = Math.hypot(a, b);
  if (!(side >= 1 && Number.isFinite(side))) return null;
  return { a, b, tx: pmx - (a * qmx - b * qmy), ty: pmy - (b * qmx + a * qmy), side };
}

/**
 * Samples the crop of one face into a network's input.
 *
 * @param rgb RGB24, row by row, tightly packed: `width * height * 3` bytes
 * @param size S, the side of the crop in output pixels
 * @param out receives `3 * S * S` values from `offset` on: the red, green and blue plane, whole numbers 0..255
 */
export function sampleCrop(
  rgb: Uint8Array,
  width: number,
  height: number,
  transform: Similarity,
  size: number,
  maxSupersampling: number,
  out: Float32Array,
  offset: number,
): void {
  const { a, b } = transform;
  const k = Math.min(Math.max(Math.ceil(transform.side / size), 1), maxSupersampling);
  const step = 1 / (size * k);
  const tx = transform.tx - 0.5;
  const ty = transform.ty - 0.5;
  const plane = size * size;
  const share = 1 / (k * k);
  const lastColumn = width - 1;
  const lastRow = height - 1;
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let l = 0; l < k; l++) {
        const v = (j * k + l + 0.5) * step;
        for (let m = 0; m < k; m++) {
          const u = (i * k + m + 0.5) * step;
          const fx = a * u - b * v + tx;
          const fy = b * u + a * v + ty;
          const x0 = Math.floor(fx);
          const y0 = Math.floor(fy);
          const wx = fx - x0;
          const wy = fy - y0;
          const left = clamp(x0, lastColumn) * 3;
          const right = clamp(x0 + 1, lastColumn) * 3;
          const top = clamp(y0, lastRow) * width * 3;
          const bottom = clamp(y0 + 1, lastRow) * width * 3;
          const w11 = wx * wy;
          const w10 = wx - w11;
          const w01 = wy - w11;
          const w00 = 1 - wx - w01;
          const p00 = top + left;
          const p10 = top + right;
          const p01 = bottom + left;
          const p11 = bottom + right;
          red += w00 * at(rgb, p00) + w10 * at(rgb, p10) + w01 * at(rgb, p01) + w11 * at(rgb, p11);
          green += w00 * at(rgb, p00 + 1) + w10 * at(rgb, p10 + 1) + w01 * at(rgb, p01 + 1) + w11 * at(rgb, p11 + 1);
          blue += w00 * at(rgb, p00 + 2) + w10 * at(rgb, p10 + 2) + w01 * at(rgb, p01 + 2) + w11 * at(rgb, p11 + 2);
        }
      }
      const target = offset + j * size + i;
      out[target] = Math.floor(red * share + 0.5);
      out[target + plane] = Math.floor(green * share + 0.5);
      out[target + 2 * plane] = Math.floor(blue * share + 0.5);
    }
  }
}

/** The border is replicated. */
function clamp(index: number, last: number): number {
  return Math.max(0, Math.min(index, last));
}

/** The indices are clamped by the caller, so that every read is inside the picture. */
function at(rgb: Uint8Array, index: number): number {
  return rgb[index] as number;
}

/** Mirrors a crop of `3 * size * size` values left to right, from one place of a buffer to another. */
export function mirrorCrop(buffer: Float32Array, from: number, to: number, size: number): void {
  for (let row = 0; row < 3 * size; row++) {
    const source = from + row * size;
    const target = to + row * size + size - 1;
    for (let i = 0; i < size; i++) buffer[target - i] = buffer[source + i] as number;
  }
}
