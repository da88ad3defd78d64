import type { RelativeBox } from '../../../contract/engine.ts';
import type { Point } from '../../../contract/geometry.ts';

/** Smallest width and height of an area, as the settings demand. */
export const smallestSide = 0.05;

/** What a press takes hold of: an edge or corner by compass, the whole area, or nothing (a new area begins). */
export type Handle = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw' | 'move' | 'new';

const wholePicture: RelativeBox = { x: 0, y: 0, width: 1, height: 1 };

/**
 * All points and areas here are fractions of the picture, 0..1.
 * @param reach how near counts as hitting an edge, in fractions of width and height
 */
export function handleAt(region: RelativeBox | null, point: Point, reach: Point): Handle {
  if (!region) return 'new';
  const right = region.x + region.width;
  const bottom = region.y + region.height;
  const within =
    point.x >= region.x - reach.x &&
    point.x <= right + reach.x &&
    point.y >= region.y - reach.y &&
    point.y <= bottom + reach.y;
  if (!within) return 'new';
  const vertical = Math.abs(point.y - region.y) <= reach.y ? 'n' : Math.abs(point.y - bottom) <= reach.y ? 's' : '';
  const level = Math.abs(point.x - region.x) <= reach.x ? 'w' : Math.abs(point.x - right) <= reach.x ? 'e' : '';
  return (`${vertical}${level}` || 'move') as Handle;
}

/** The area while a handle is dragged from one point to another. */
export function dragged(region: RelativeBox | null, handle: Handle, from: Point, to: Point): RelativeBox {
  if (handle === 'new' || !region) return spanning(from, to);
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  if (handle === 'move') return moved(region, dx, dy);
  const left = handle.includes('w') ? region.x + dx : region.x;
  const right = region.x + region.width + (handle.includes('e') ? dx : 0);
  const top = handle.startsWith('n') ? region.y + dy : region.y;
  const bottom = region.y + region.height + (handle.startsWith('s') ? dy : 0);
  return spanning({ x: left, y: top }, { x: right, y: bottom });
}

export function moved(region: RelativeBox | null, dx: number, dy: number): RelativeBox {
  const area = region ?? wholePicture;
  return tidy({
    ...area,
    x: clamp(area.x + dx, 0, 1 - area.width),
    y: clamp(area.y + dy, 0, 1 - area.height),
  });
}

/** Changes the size, the upper left corner staying where it is. */
export function resized(region: RelativeBox | null, dWidth: number, dHeight: number): RelativeBox {
  const area = region ?? wholePicture;
  return tidy({
    ...area,
    width: clamp(area.width + dWidth, smallestSide, 1 - area.x),
    height: clamp(area.height + dHeight, smallestSide, 1 - area.y),
  });
}

/** The area between two opposite corners, in any order, within the picture and never too small. */
export function spanning(a: Point, b: Point): RelativeBox {
  const [x, width] = span(a.x, b.x);
  const [y, height] = span(a.y, b.y);
  return tidy({ x, y, width, height });
}

function span(a: number, b: number): [start: number, length: number] {
  const start = clamp(Math.min(a, b), 0, 1);
  const end = clamp(Math.max(a, b), 0, 1);
  if (end - start >= smallestSide) return [start, end - start];
  return [Math.min(start, 1 - smallestSide), smallestSide];
}

/** Thousandths are finer than any pixel on screen and keep the numbers readable. */
function tidy(box: RelativeBox): RelativeBox {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const x = round(box.x);
  const y = round(box.y);
  return { x, y, width: round(Math.min(box.width, 1 - x)), height: round(Math.min(box.height, 1 - y)) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
