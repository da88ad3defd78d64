/** Draws one panel: a picture in a rounded frame with a soft shadow, sampled through a small affine sway. */
import type { Picture } from './media.ts';

export interface Placement {
  /** Centre and size of the panel in the frame. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Part of the source that is shown. */
  readonly crop: readonly [number, number, number, number];
  /** Sway inside the panel: zoom about the centre, shift in parts of the crop, tilt in radians. */
  readonly zoom: number;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly tilt: number;
}

const cornerPart = 0.07;
const frameLine = 3;
const frameColour = 236;
const shadowReach = 26;
const shadowDrop = 7;

/** A picture at full, half, quarter size: sampled at the size that fits, so that small panels do not flicker. */
export type Pyramid = readonly Picture[];

export function pyramidOf(picture: Picture): Pyramid {
  const levels = [picture];
  for (let level = picture; level.width > 200; ) {
    level = halved(level);
    levels.push(level);
  }
  return levels;
}

/** @param canvas RGB24 of `canvasWidth` x `canvasHeight`, drawn upon */
export function drawPanel(
  canvas: Uint8Array,
  canvasWidth: number,
  canvasHeight: number,
  source: Pyramid,
  place: Placement,
): void {
  const halfWidth = place.width / 2;
  const halfHeight = place.height / 2;
  const radius = cornerPart * Math.min(place.width, place.height);
  const scale = place.crop[2] / place.width / place.zoom;
  const level = Math.max(0, Math.min(source.length - 1, Math.round(Math.log2(scale))));
  const picture = source[level] as Picture;
  const levelScale = picture.width / (source[0] as Picture).width;
  const centreX = place.crop[0] + place.crop[2] * (0.5 + place.shiftX);
  const centreY = place.crop[1] + place.crop[3] * (0.5 + place.shiftY);
  const sin = Math.sin(place.tilt) * scale;
  const cos = Math.cos(place.tilt) * scale;
  const x0 = Math.max(0, Math.floor(place.x - halfWidth - shadowReach));
  const x1 = Math.min(canvasWidth, Math.ceil(place.x + halfWidth + shadowReach));
  const y0 = Math.max(0, Math.floor(place.y - halfHeight - shadowReach));
  const y1 = Math.min(canvasHeight, Math.ceil(place.y + halfHeight + shadowReach));
  for (let y = y0; y < y1; y++) {
    const py = y + 0.5 - place.y;
    for (let x = x0; x < x1; x++) {
      const px = x + 0.5 - place.x;
      const distance = roundedDistance(px, py, halfWidth, halfHeight, radius);
      const at = (y * canvasWidth + x) * 3;
      const inside = Math.max(0, Math.min(1, 0.5 - distance));
      if (inside < 1) shade(canvas, at, roundedDistance(px, py - shadowDrop, halfWidth, halfHeight, radius));
      if (inside === 0) continue;
      const line = Math.max(0, Math.min(1, distance + frameLine + 0.5));
      const sourceX = (centreX + cos * px + sin * py) * levelScale;
      const sourceY = (centreY + cos * py - sin * px) * levelScale;
      blend(canvas, at, picture, sourceX, sourceY, line, inside);
    }
  }
}

function shade(canvas: Uint8Array, at: number, distance: number): void {
  if (distance > shadowReach) return;
  const kept = 1 - 0.45 * Math.exp(-((Math.max(0, distance) / 12) ** 2));
  canvas[at] = (canvas[at] as number) * kept;
  canvas[at + 1] = (canvas[at + 1] as number) * kept;
  canvas[at + 2] = (canvas[at + 2] as number) * kept;
}

/** Lays the bilinear sample of the picture, lightened by `line` towards the frame's colour, over a pixel. */
function blend(
  canvas: Uint8Array,
  at: number,
  picture: Picture,
  x: number,
  y: number,
  line: number,
  inside: number,
): void {
  const fx = Math.max(0, Math.min(picture.width - 1.001, x - 0.5));
  const fy = Math.max(0, Math.min(picture.height - 1.001, y - 0.5));
  const left = Math.floor(fx);
  const top = Math.floor(fy);
  const u = fx - left;
  const v = fy - top;
  const { data } = picture;
  const above = (top * picture.width + left) * 3;
  const below = above + picture.width * 3;
  for (let c = 0; c < 3; c++) {
    const upper = (data[above + c] as number) * (1 - u) + (data[above + c + 3] as number) * u;
    const lower = (data[below + c] as number) * (1 - u) + (data[below + c + 3] as number) * u;
    const colour = upper * (1 - v) + lower * v;
    const framed = colour + (frameColour - colour) * line;
    canvas[at + c] = Math.round((canvas[at + c] as number) * (1 - inside) + framed * inside);
  }
}

/** A box of the source as it lies in the frame: centre carried over, size scaled (the tilt is too small to matter). */
export function boxInFrame(
  place: Placement,
  box: readonly [number, number, number, number],
): [number, number, number, number] {
  const [cropX, cropY, cropWidth, cropHeight] = place.crop;
  const scale = (place.width / cropWidth) * place.zoom;
  const dx = box[0] + box[2] / 2 - cropX - cropWidth * (0.5 + place.shiftX);
  const dy = box[1] + box[3] / 2 - cropY - cropHeight * (0.5 + place.shiftY);
  const [sin, cos] = [Math.sin(place.tilt), Math.cos(place.tilt)];
  const [w, h] = [box[2] * scale, box[3] * scale];
  return [place.x + (cos * dx - sin * dy) * scale - w / 2, place.y + (cos * dy + sin * dx) * scale - h / 2, w, h];
}

/** Signed distance to a rounded rectangle about the origin; negative inside. */
export function roundedDistance(x: number, y: number, halfWidth: number, halfHeight: number, radius: number): number {
  const dx = Math.abs(x) - halfWidth + radius;
  const dy = Math.abs(y) - halfHeight + radius;
  if (dx > 0 && dy > 0) return Math.sqrt(dx * dx + dy * dy) - radius;
  return Math.max(dx, dy) - radius;
}

function halved(picture: Picture): Picture {
  const [width, height] = [picture.width >> 1, picture.height >> 1];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        const at = (2 * y * picture.width + 2 * x) * 3 + c;
        const below = at + picture.width * 3;
        const sum =
          (picture.data[at] as number) +
          (picture.data[at + 3] as number) +
          (picture.data[below] as number) +
          (picture.data[below + 3] as number);
        data[(y * width + x) * 3 + c] = (sum + 2) >> 2;
      }
    }
  }
  return { width, height, data };
}
