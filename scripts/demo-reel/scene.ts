/** The storyboard set in motion: what a frame of the reel shows, and which faces can be seen in it. */
import { join } from 'node:path';
import { drawBackdrop } from './backdrop.ts';
import type { Placement, Pyramid } from './draw-panel.ts';
import { boxInFrame, drawPanel, pyramidOf, roundedDistance } from './draw-panel.ts';
import type { SourceBox, SourceFaces } from './find-faces.ts';
import { decodeFrames, decodePicture } from './media.ts';
import type { Key, Panel } from './storyboard.ts';
import { panels, reel } from './storyboard.ts';
import type { SeenFace } from './truth.ts';

const swaySeconds = 6;
/** A face counts as in view when at least this part of its box can be seen. */
const visiblePart = 0.5;

interface Shown {
  readonly panel: Panel;
  readonly number: number;
  readonly place: Placement;
  readonly source: Pyramid;
  readonly faces: readonly (SourceBox | null)[];
}

export interface Scene {
  /** Draws a frame into RGB24 of the reel's size. @returns the faces that can be seen in it */
  draw(frame: number, canvas: Uint8Array): SeenFace[];
}

/** Decodes the media that the storyboard needs (about 1 GB in memory). */
export async function loadScene(media: string, faces: SourceFaces): Promise<Scene> {
  const pictures = await loadPictures(media);
  const clips = await loadClips(media);
  const backdrop = drawBackdrop(reel.width, reel.height);
  return {
    draw(frame, canvas) {
      canvas.set(backdrop.data);
      const shown = shownAt(frame, pictures, clips, faces);
      for (const { source, place } of shown) drawPanel(canvas, reel.width, reel.height, source, place);
      return facesInView(shown);
    },
  };
}

async function loadPictures(media: string): Promise<Map<string, Pyramid>> {
  const loaded = new Map<string, Pyramid>();
  for (const { file, clipFrom } of panels) {
    if (clipFrom === undefined && !loaded.has(file))
      loaded.set(file, pyramidOf(await decodePicture(join(media, file))));
  }
  return loaded;
}

/** The frames of each clip panel, by the panel's number. */
async function loadClips(media: string): Promise<Map<number, Pyramid[]>> {
  const loaded = new Map<number, Pyramid[]>();
  for (const [number, panel] of panels.entries()) {
    if (panel.clipFrom === undefined) continue;
    const from = Math.round(panel.clipFrom * reel.framesPerSecond);
    const [first, last] = lifeOf(panel);
    const played: Pyramid[] = [];
    for await (const picture of decodeFrames(join(media, panel.file), from, from + last - first + 1))
      played.push(pyramidOf(picture));
    loaded.set(number, played);
  }
  return loaded;
}

/** First and last frame of a panel's life. */
function lifeOf(panel: Panel): readonly [number, number] {
  const seconds = (key: Key | undefined) => Math.round((key?.at ?? 0) * reel.framesPerSecond);
  return [seconds(panel.keys[0]), seconds(panel.keys.at(-1))];
}

function shownAt(
  frame: number,
  pictures: Map<string, Pyramid>,
  clips: Map<number, Pyramid[]>,
  faces: SourceFaces,
): Shown[] {
  const shown: Shown[] = [];
  for (const [number, panel] of panels.entries()) {
    const [first, last] = lifeOf(panel);
    if (frame < first || frame > last) continue;
    const place = placeAt(panel, frame / reel.framesPerSecond);
    if (panel.clipFrom === undefined) {
      shown.push({
        panel,
        number,
        place,
        source: pictures.get(panel.file) ?? [],
        faces: faces.pictures[panel.file] ?? [],
      });
    } else {
      const played = clips.get(number) ?? [];
      const index = Math.min(frame - first, played.length - 1);
      const box = faces.clips[panel.file]?.[Math.round(panel.clipFrom * reel.framesPerSecond) + index] ?? null;
      shown.push({ panel, number, place, source: played[index] ?? [], faces: [box] });
    }
  }
  return shown;
}

function placeAt(panel: Panel, seconds: number): Placement {
  const next = Math.max(
    1,
    panel.keys.findIndex((key) => key.at >= seconds),
  );
  const [a, b] = [panel.keys[next - 1] as Key, panel.keys[next] as Key];
  const part = (seconds - a.at) / (b.at - a.at);
  const soft = part * part * (3 - 2 * part);
  const between = (from: number, to: number) => from + (to - from) * soft;
  const height = between(a.height, b.height);
  const turn = 2 * Math.PI * (seconds / swaySeconds + panel.sway);
  const still = panel.clipFrom === undefined;
  return {
    x: between(a.x, b.x),
    y: between(a.y, b.y),
    height,
    width: (height * panel.crop[2]) / panel.crop[3],
    crop: panel.crop,
    zoom: still ? 1.06 + 0.025 * Math.sin(turn) : 1,
    shiftX: still ? 0.012 * Math.sin(turn * 1.5) : 0,
    shiftY: still ? 0.01 * Math.cos(turn) : 0,
    tilt: still ? 0.022 * Math.sin(turn * 0.5 + 1) : 0,
  };
}

function facesInView(shown: readonly Shown[]): SeenFace[] {
  return shown.flatMap((item, order) =>
    item.panel.people.flatMap(({ face, id }) => {
      const source = item.faces[face];
      if (!source) return [];
      const box = boxInFrame(item.place, source);
      if (partInView(box, item.place, shown.slice(order + 1)) < visiblePart) return [];
      return [{ person: id, appearance: `${item.number}:${id}`, box }];
    }),
  );
}

/** The part of a box that lies inside its panel and the frame and under none of the later panels, from 10 x 10 points. */
function partInView(box: readonly [number, number, number, number], own: Placement, covers: readonly Shown[]): number {
  const within = (place: Placement, x: number, y: number) =>
    roundedDistance(x - place.x, y - place.y, place.width / 2, place.height / 2, 0) < 0;
  let seen = 0;
  for (let point = 0; point < 100; point++) {
    const x = box[0] + ((point % 10) + 0.5) * (box[2] / 10);
    const y = box[1] + (Math.floor(point / 10) + 0.5) * (box[3] / 10);
    const inFrame = x >= 0 && y >= 0 && x < reel.width && y < reel.height;
    if (inFrame && within(own, x, y) && !covers.some((cover) => within(cover.place, x, y))) seen++;
  }
  return seen / 100;
}
