import { readFileSync } from 'node:fs';
import type { Box } from '../../contract/geometry.ts';
import { createFrameSource } from '../../main/vision/capture/create-frame-source.ts';
import { enginePaths } from './vision.ts';

/** A head cut out of the reel: RGB24, and where the face lies in it. */
export interface CutHead {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  readonly face: Box;
}
/** One person's head in frames that follow one another. */
export interface MovingHead {
  readonly person: string;
  readonly frames: readonly CutHead[];
}

interface ReelFile {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly tracks: readonly {
    readonly person: string;
    readonly boxes: readonly (readonly [number, number, number, number, number])[];
  }[];
}

const windowFrames = 20;
/** How much of the surroundings is cut out with a face, in parts of its box. */
const margin = 0.3;

/** Heads of the people of the reel in the moment in which most of them stand free of each other. */
export async function cutHeads(): Promise<readonly MovingHead[]> {
  const truth = JSON.parse(readFileSync(enginePaths.demoReel.replace(/mp4$/, 'json'), 'utf8')) as ReelFile;
  const { start, people } = bestMoment(truth);
  const heads = new Map<string, CutHead[]>(people.map((person) => [person, []]));
  const source = createFrameSource(
    { kind: 'video', path: enginePaths.demoReel, loop: false },
    { mirror: false, rotateDegrees: 0, realTime: false, demoReel: '' },
  );
  await source.open(() => {});
  for (let frame = await source.next(); frame; frame = await source.next()) {
    const index = frame.origin?.index ?? 0;
    if (index >= start) {
      const faces = facesOf(truth, index);
      for (const [person, frames] of heads) {
        const box = faces.get(person);
        if (box) frames.push(cut(frame.rgb(), frame.width, box));
      }
    }
    frame.release();
    if (index >= start + windowFrames - 1) break;
  }
  await source.close();
  return people.map((person) => ({ person, frames: heads.get(person) ?? [] }));
}

function facesOf(truth: ReelFile, frame: number): Map<string, Box> {
  const faces = new Map<string, Box>();
  for (const { person, boxes } of truth.tracks) {
    const found = boxes.find(([at]) => at === frame);
    if (found) faces.set(person, { x: found[1], y: found[2], width: found[3], height: found[4] });
  }
  return faces;
}

function bestMoment(truth: ReelFile): { readonly start: number; readonly people: readonly string[] } {
  let best: { start: number; people: readonly string[] } = { start: 0, people: [] };
  for (let start = 0; start + windowFrames <= truth.frames; start += 10) {
    const moments = [0, windowFrames / 2, windowFrames - 1].map((offset) => facesOf(truth, start + offset));
    const people = [...(moments[0]?.keys() ?? [])].filter((person) =>
      moments.every((faces) => standsFree(person, faces, truth)),
    );
    if (people.length > best.people.length) best = { start, people };
  }
  return best;
}

function standsFree(person: string, faces: ReadonlyMap<string, Box>, { width, height }: ReelFile): boolean {
  const face = faces.get(person);
  if (face === undefined || face.height < 60) return false;
  const head = withMargin(face);
  if (head.x < 0 || head.y < 0 || head.x + head.width > width || head.y + head.height > height) return false;
  return [...faces].every(([other, box]) => other === person || !touches(head, box));
}

function withMargin({ x, y, width, height }: Box): Box {
  const left = Math.floor(x - margin * width);
  const top = Math.floor(y - margin * height);
  return {
    x: left,
    y: top,
    width: Math.ceil((1 + 2 * margin) * width),
    height: Math.ceil((1 + 2 * margin) * height),
  };
}

function touches(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function cut(rgb: Uint8Array, frameWidth: number, face: Box): CutHead {
  const { x, y, width, height } = withMargin(face);
  const cutOut = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * frameWidth + x) * 3;
    cutOut.set(rgb.subarray(from, from + width * 3), row * width * 3);
  }
  return { width, height, rgb: cutOut, face: { ...face, x: face.x - x, y: face.y - y } };
}
