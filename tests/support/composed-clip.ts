import type { Box } from '../../contract/geometry.ts';
import type { DetectorInput } from '../../main/vision/detection/face-detector.ts';
import type { LabelledBox } from './mot-metrics.ts';
import type { CutHead, MovingHead } from './reel-faces.ts';

/**
 * Where a person's face is, on a stage of 1280 x 720; `height` is that of the face. Later actors stand before earlier
 * ones.
 */
export interface Actor {
  readonly head: MovingHead;
  at(seconds: number): { readonly x: number; readonly y: number; readonly height: number } | null;
}
/** Something that stands before everybody, on the same stage: a column, a passing poster. */
export type Screen = (seconds: number) => Box | null;

export interface ComposedFrame {
  readonly timeMs: number;
  readonly picture: DetectorInput;
  /** Faces that can be seen. */
  readonly truth: readonly LabelledBox[];
  /** Faces that are there but mostly hidden or outside: finding one is no mistake, missing it neither. */
  readonly marginal: readonly Box[];
}

/** The clip shows the stage at half its size, which makes it four times quicker to compose. */
const stageScale = 0.5;
export const clipWidth = 640;
export const clipHeight = 360;
/** From this share hidden a face cannot be expected to be found. */
const mostHidden = 0.35;

/** Frames made one by one in a buffer of their own, which the next frame overwrites. */
export function* composeClip(
  actors: readonly Actor[],
  screens: readonly Screen[],
  seconds: number,
  framesPerSecond: number,
): Generator<ComposedFrame> {
  const backdrop = makeBackdrop();
  const picture = new Uint8Array(backdrop.length);
  for (let i = 0; i < seconds * framesPerSecond; i++) {
    const time = i / framesPerSecond;
    picture.set(backdrop);
    const placed = actors.flatMap(({ head, at }) => {
      const place = at(time);
      // Forth and back, so that the head moves without a jump.
      const turn = i % (2 * head.frames.length - 2);
      const cutHead = head.frames[turn < head.frames.length ? turn : 2 * head.frames.length - 2 - turn];
      if (place === null || cutHead === undefined) return [];
      return [
        {
          id: head.person,
          face: paste(picture, cutHead, place.x * stageScale, place.y * stageScale, place.height * stageScale),
        },
      ];
    });
    const covers = screens.flatMap((screen) => onClip(screen(time)));
    for (const cover of covers) fill(picture, cover);
    const hidden = placed.map(({ face }, k) =>
      hiddenShare(
        face,
        placed.slice(k + 1).map((front) => front.face),
        covers,
      ),
    );
    yield {
      timeMs: time * 1000,
      picture: { width: clipWidth, height: clipHeight, scaledRgb: (width, height) => shrink(picture, width, height) },
      truth: placed.filter((_, k) => (hidden[k] ?? 1) <= mostHidden).map(({ id, face }) => ({ id, box: face })),
      marginal: placed.filter((_, k) => (hidden[k] ?? 1) > mostHidden).map(({ face }) => face),
    };
  }
}

function onClip(box: Box | null): readonly Box[] {
  if (box === null) return [];
  const [x, y, width, height] = [box.x, box.y, box.width, box.height].map((length) => length * stageScale);
  return [{ x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0 }];
}

function makeBackdrop(): Uint8Array {
  const picture = new Uint8Array(clipWidth * clipHeight * 3);
  for (let y = 0, at = 0; y < clipHeight; y++) {
    for (let x = 0; x < clipWidth; x++) {
      picture[at++] = 60 + (90 * y) / clipHeight + 12 * Math.sin(x / 37);
      picture[at++] = 80 + (60 * x) / clipWidth;
      picture[at++] = 95 + 10 * Math.sin(y / 23);
    }
  }
  return picture;
}

/** Pastes a head, soft at its oval edge, so that its face has the given centre and height. @returns the face's box */
function paste(picture: Uint8Array, head: CutHead, centreX: number, centreY: number, faceHeight: number): Box {
  const scale = faceHeight / head.face.height;
  const left = centreX - (head.face.x + head.face.width / 2) * scale;
  const top = centreY - (head.face.y + head.face.height / 2) * scale;
  const firstRow = Math.max(Math.ceil(top), 0);
  const lastRow = Math.min(Math.floor(top + head.height * scale) - 1, clipHeight - 1);
  const firstColumn = Math.max(Math.ceil(left), 0);
  const lastColumn = Math.min(Math.floor(left + head.width * scale) - 1, clipWidth - 1);
  for (let row = firstRow; row <= lastRow; row++) {
    const sourceY = (row + 0.5 - top) / scale;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const sourceX = (column + 0.5 - left) / scale;
      const radius = Math.hypot((2 * sourceX) / head.width - 1, (2 * sourceY) / head.height - 1);
      const opacity = Math.min(Math.max((1 - radius) / 0.12, 0), 1);
      if (opacity > 0) blend(picture, (row * clipWidth + column) * 3, head, sourceX - 0.5, sourceY - 0.5, opacity);
    }
  }
  return {
    x: left + head.face.x * scale,
    y: top + head.face.y * scale,
    width: head.face.width * scale,
    height: faceHeight,
  };
}

/** Bilinear. */
function blend(picture: Uint8Array, to: number, head: CutHead, x: number, y: number, opacity: number): void {
  const x0 = Math.min(Math.max(Math.floor(x), 0), head.width - 2);
  const y0 = Math.min(Math.max(Math.floor(y), 0), head.height - 2);
  const fx = Math.min(Math.max(x - x0, 0), 1);
  const fy = Math.min(Math.max(y - y0, 0), 1);
  const at = (y0 * head.width + x0) * 3;
  const below = at + head.width * 3;
  const { rgb } = head;
  for (let channel = 0; channel < 3; channel++) {
    const upper = (rgb[at + channel] ?? 0) * (1 - fx) + (rgb[at + 3 + channel] ?? 0) * fx;
    const lower = (rgb[below + channel] ?? 0) * (1 - fx) + (rgb[below + 3 + channel] ?? 0) * fx;
    const value = upper * (1 - fy) + lower * fy;
    picture[to + channel] = value * opacity + (picture[to + channel] ?? 0) * (1 - opacity);
  }
}

function fill(picture: Uint8Array, { x, y, width, height }: Box): void {
  const rows = [Math.max(Math.round(y), 0), Math.min(Math.round(y + height), clipHeight)] as const;
  const columns = [Math.max(Math.round(x), 0), Math.min(Math.round(x + width), clipWidth)] as const;
  if (columns[1] <= columns[0]) return;
  for (let row = rows[0]; row < rows[1]; row++) {
    picture.fill(140, (row * clipWidth + columns[0]) * 3, (row * clipWidth + columns[1]) * 3);
  }
}

/** Part of a face that is outside, behind another head or behind a screen; measured on a grid of points. */
function hiddenShare(face: Box, heads: readonly Box[], screens: readonly Box[]): number {
  const steps = 12;
  let hidden = 0;
  for (let i = 0; i < steps * steps; i++) {
    const x = face.x + (((i % steps) + 0.5) / steps) * face.width;
    const y = face.y + ((Math.floor(i / steps) + 0.5) / steps) * face.height;
    const outside = x < 0 || y < 0 || x >= clipWidth || y >= clipHeight;
    // A head's oval reaches a third beyond its face.
    const behindHead = heads.some(
      (head) =>
        Math.hypot(
          (x - head.x - head.width / 2) / (0.8 * head.width),
          (y - head.y - head.height / 2) / (0.8 * head.height),
        ) < 1,
    );
    const behindScreen = screens.some(
      (screen) => x >= screen.x && x < screen.x + screen.width && y >= screen.y && y < screen.y + screen.height,
    );
    if (outside || behindHead || behindScreen) hidden++;
  }
  return hidden / (steps * steps);
}

/** Area average down to exactly the size asked for. */
function shrink(picture: Uint8Array, width: number, height: number): Uint8Array {
  if (width === clipWidth && height === clipHeight) return picture;
  const small = new Uint8Array(width * height * 3);
  for (let row = 0, to = 0; row < height; row++) {
    const top = Math.floor((row * clipHeight) / height);
    const bottom = Math.max(Math.floor(((row + 1) * clipHeight) / height), top + 1);
    for (let column = 0; column < width; column++) {
      const left = Math.floor((column * clipWidth) / width);
      const right = Math.max(Math.floor(((column + 1) * clipWidth) / width), left + 1);
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left, at = (y * clipWidth + left) * 3; x < right; x++, at += 3) {
          red += picture[at] ?? 0;
          green += picture[at + 1] ?? 0;
          blue += picture[at + 2] ?? 0;
        }
      }
      const pixels = (bottom - top) * (right - left);
      small[to++] = red / pixels;
      small[to++] = green / pixels;
      small[to++] = blue / pixels;
    }
  }
  return small;
}
