/** Finds the faces of the source media once, with any detector of the YuNet family; the composition moves them along. */
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import type { Picture } from './media.ts';
import { clipFiles, decodeFrames, decodePicture, pictureFiles } from './media.ts';

/** x, y, width, height in pixels of the source. */
export type SourceBox = readonly [number, number, number, number];

export interface SourceFaces {
  /** Per clip, one box (or null) per frame: there is one man in them. */
  readonly clips: Readonly<Record<string, readonly (SourceBox | null)[]>>;
  /** Per picture, its faces from left to right. */
  readonly pictures: Readonly<Record<string, readonly SourceBox[]>>;
}

const strides = [8, 16, 32] as const;
const smallestScore = 0.6;
const largestOverlap = 0.3;

export async function findSourceFaces(folder: string, detector: string): Promise<SourceFaces> {
  const session = await ort.InferenceSession.create(detector);
  const pictures: Record<string, SourceBox[]> = {};
  for (const file of pictureFiles) {
    const faces = await findFaces(session, await decodePicture(join(folder, file)), 1 / 2);
    pictures[file] = faces.toSorted((a, b) => a[0] - b[0]).map(rounded);
  }
  const clips: Record<string, (SourceBox | null)[]> = {};
  for (const file of clipFiles) {
    const found: (SourceBox | null)[] = [];
    for await (const frame of decodeFrames(join(folder, file)))
      found.push((await findFaces(session, frame, 1))[0] ?? null);
    clips[file] = smoothed(found);
  }
  return { clips, pictures };
}

/** @returns boxes in pixels of the picture, best first */
async function findFaces(session: ort.InferenceSession, picture: Picture, scale: number): Promise<SourceBox[]> {
  const width = Math.ceil((picture.width * scale) / 32) * 32;
  const height = Math.ceil((picture.height * scale) / 32) * 32;
  const step = Math.round(1 / scale);
  const input = new Float32Array(3 * width * height);
  for (let y = 0; y < Math.floor(picture.height / step); y++) {
    for (let x = 0; x < Math.floor(picture.width / step); x++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let dy = 0; dy < step; dy++) {
          for (let dx = 0; dx < step; dx++) {
            sum += picture.data[((y * step + dy) * picture.width + x * step + dx) * 3 + 2 - channel] as number;
          }
        }
        input[(channel * height + y) * width + x] = sum / (step * step);
      }
    }
  }
  const output = await session.run({ input: new ort.Tensor('float32', input, [1, 3, height, width]) });
  const values = (name: string) => output[name]?.data as Float32Array;
  const candidates: { score: number; box: SourceBox }[] = [];
  for (const stride of strides) {
    const [cls, obj, bbox] = [values(`cls_${stride}`), values(`obj_${stride}`), values(`bbox_${stride}`)];
    const columns = width / stride;
    for (let cell = 0; cell < cls.length; cell++) {
      const score = Math.sqrt(
        Math.min(1, Math.max(0, cls[cell] as number)) * Math.min(1, Math.max(0, obj[cell] as number)),
      );
      if (score < smallestScore) continue;
      const at = (offset: number) => bbox[cell * 4 + offset] as number;
      const [w, h] = [Math.exp(at(2)) * stride, Math.exp(at(3)) * stride];
      const [x, y] = [
        ((cell % columns) + at(0)) * stride - w / 2,
        (Math.floor(cell / columns) + at(1)) * stride - h / 2,
      ];
      candidates.push({ score, box: [x * step, y * step, w * step, h * step] });
    }
  }
  const kept: SourceBox[] = [];
  for (const { box } of candidates.sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => overlap(box, other) <= largestOverlap)) kept.push(box);
  }
  return kept;
}

/** Intersection over union. */
function overlap(a: SourceBox, b: SourceBox): number {
  const w = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const h = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (w <= 0 || h <= 0) return 0;
  return (w * h) / (a[2] * a[3] + b[2] * b[3] - w * h);
}

/** Takes the detector's tremble out of a clip: the mean over five frames. */
function smoothed(boxes: readonly (SourceBox | null)[]): (SourceBox | null)[] {
  return boxes.map((box, index) => {
    if (!box) return null;
    const near = boxes.slice(Math.max(0, index - 2), index + 3).filter((other) => other !== null);
    const mean = (side: 0 | 1 | 2 | 3) => near.reduce((sum, other) => sum + other[side], 0) / near.length;
    return rounded([mean(0), mean(1), mean(2), mean(3)]);
  });
}

function rounded(box: SourceBox): SourceBox {
  const [x, y, w, h] = box;
  return [Math.round(x), Math.round(y), Math.round(w), Math.round(h)];
}
