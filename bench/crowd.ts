import { readFileSync } from 'node:fs';
import { type Picture, scaled } from '../main/vision/analyze/picture.ts';
import { createFrameSource } from '../main/vision/capture/create-frame-source.ts';
import { writeVideo } from '../scripts/demo-reel/write-video.ts';

/** Videos of 1280x720 with a given number of faces in view all the time, composed from the demo reel's faces. */

export const crowdFrames = 100;
export const crowdRate = 25;
const width = 1280;
const height = 720;

/** Frames of the reel with large faces in them. */
const reelFrames = [300, 650, 1100] as const;
/** Around the face, in parts of its box. */
const margin = 0.3;

interface ReelFile {
  readonly tracks: readonly { readonly boxes: readonly (readonly number[])[] }[];
}

/** Pictures of single faces, each with what is round it. */
export async function facesOfReel(reel: string): Promise<readonly Picture[]> {
  const truth = JSON.parse(readFileSync(reel.replace(/mp4$/, 'json'), 'utf8')) as ReelFile;
  const faces: Picture[] = [];
  for (const index of reelFrames) {
    const frame = await reelFrame(reel, index);
    for (const [, x = 0, y = 0, w = 0, h = 0] of truth.tracks.flatMap(({ boxes }) =>
      boxes.filter(([at]) => at === index),
    )) {
      const left = Math.round(x - margin * w);
      const top = Math.round(y - margin * h);
      const side = { width: Math.round(w * (1 + 2 * margin)), height: Math.round(h * (1 + 2 * margin)) };
      const inside = left >= 0 && top >= 0 && left + side.width <= frame.width && top + side.height <= frame.height;
      if (inside && h >= 100) faces.push(cut(frame, left, top, side.width, side.height));
    }
  }
  return faces;
}

/**
 * @param count faces, at most 40
 * @returns height of the faces in pixels
 */
export async function writeCrowd(path: string, faces: readonly Picture[], count: number): Promise<number> {
  const columns = Math.ceil(Math.sqrt((count * 16) / 9));
  const rows = Math.ceil(count / columns);
  const cell = { width: width / columns, height: height / rows };
  const room = Math.min(cell.height * 0.8, cell.width * 1.1, 300);
  const tiles = Array.from({ length: count }, (_, i) => {
    const face = faces[i % faces.length] as Picture;
    const tileHeight = Math.round(room);
    const tileWidth = Math.round((face.width * tileHeight) / face.height);
    return { width: tileWidth, height: tileHeight, rgb: scaled(face, tileWidth, tileHeight) };
  });
  const picture = new Uint8Array(width * height * 3);
  function* pictures() {
    for (let frame = 0; frame < crowdFrames; frame++) {
      picture.fill(96);
      tiles.forEach((tile, i) => {
        const sway = { x: 8 * Math.sin(frame / 17 + i), y: 5 * Math.sin(frame / 23 + 2 * i) };
        const x = ((i % columns) + 0.5) * cell.width - tile.width / 2 + sway.x;
        const y = (Math.floor(i / columns) + 0.5) * cell.height - tile.height / 2 + sway.y;
        place(picture, tile, Math.round(x), Math.round(y));
      });
      yield picture;
    }
  }
  await writeVideo(path, { width, height, framesPerSecond: crowdRate, preset: 'ultrafast', quality: 18 }, pictures());
  return Math.round(room / (1 + 2 * margin));
}

async function reelFrame(reel: string, index: number): Promise<Picture> {
  const options = { mirror: false, rotateDegrees: 0, realTime: false, demoReel: '', every: index } as const;
  const source = createFrameSource({ kind: 'video', path: reel, loop: false }, options);
  await source.open(() => {});
  (await source.next())?.release();
  const frame = await source.next();
  if (!frame) throw new Error(`the reel has no frame ${index}`);
  const picture = { width: frame.width, height: frame.height, rgb: new Uint8Array(frame.rgb()) };
  frame.release();
  await source.close();
  return picture;
}

function cut(from: Picture, left: number, top: number, toWidth: number, toHeight: number): Picture {
  const rgb = new Uint8Array(toWidth * toHeight * 3);
  for (let row = 0; row < toHeight; row++) {
    const at = ((top + row) * from.width + left) * 3;
    rgb.set(from.rgb.subarray(at, at + toWidth * 3), row * toWidth * 3);
  }
  return { width: toWidth, height: toHeight, rgb };
}

function place(picture: Uint8Array, tile: Picture, x: number, y: number): void {
  const left = Math.max(0, Math.min(width - tile.width, x));
  const top = Math.max(0, Math.min(height - tile.height, y));
  for (let row = 0; row < tile.height; row++) {
    const from = row * tile.width * 3;
    picture.set(tile.rgb.subarray(from, from + tile.width * 3), ((top + row) * width + left) * 3);
  }
}
