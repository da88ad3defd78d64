/** Draws a calm shop: a warm wall with shelves out of focus, a floor and a few lights. Nothing in it looks like a face. */
import type { Picture } from './media.ts';

type Colour = readonly [number, number, number];

const shelfColours: readonly Colour[] = [
  [176, 142, 112],
  [122, 140, 138],
  [196, 176, 150],
  [110, 118, 134],
  [168, 120, 104],
  [206, 196, 180],
  [134, 150, 126],
];

export function drawBackdrop(width: number, height: number): Picture {
  const canvas = new Float32Array(width * height * 3);
  const floor = Math.round(height * 0.78);
  for (let y = 0; y < height; y++) {
    const depth = y < floor ? y / floor : (y - floor) / (height - floor);
    const from: Colour = y < floor ? [92, 84, 80] : [92, 76, 64];
    const to: Colour = y < floor ? [146, 132, 120] : [58, 48, 42];
    for (let x = 0; x < width; x++) {
      const centre = 1 - 0.28 * Math.abs(x / width - 0.5) * 2;
      for (let c = 0; c < 3; c++)
        canvas[(y * width + x) * 3 + c] = mix(from[c] as number, to[c] as number, depth) * centre;
    }
  }
  drawShelves(canvas, width, floor);
  blur(canvas, width, height, 14);
  drawLights(canvas, width, height);
  blur(canvas, width, height, 3);
  return { width, height, data: Uint8Array.from(canvas, (value) => Math.max(0, Math.min(255, Math.round(value)))) };
}

function drawShelves(canvas: Float32Array, width: number, floor: number): void {
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  for (let row = 0; row < 4; row++) {
    const board = Math.round(floor * (0.24 + row * 0.22));
    for (let x = 30; x < width - 60; ) {
      const w = 26 + Math.round(random() * 60);
      const h = 34 + Math.round(random() * 62);
      const colour = shelfColours[Math.floor(random() * shelfColours.length)] as Colour;
      if (random() > 0.25) fill(canvas, width, x, board - h, w, h, colour, 0.55);
      x += w + 8 + Math.round(random() * 26);
    }
    fill(canvas, width, 0, board, width, 9, [70, 54, 44], 0.8);
  }
}

function drawLights(canvas: Float32Array, width: number, height: number): void {
  for (let lamp = 0; lamp < 6; lamp++) {
    const [cx, cy, radius] = [width * (0.09 + lamp * 0.165), height * 0.03, 22];
    for (let y = 0; y < height * 0.6; y++) {
      for (let x = 0; x < width; x++) {
        const distance = Math.hypot(x - cx, y - cy);
        const glow = 55 * Math.exp(-((distance / 130) ** 2)) + 75 * Math.exp(-((distance / radius) ** 4));
        for (let c = 0; c < 3; c++)
          canvas[(y * width + x) * 3 + c] = (canvas[(y * width + x) * 3 + c] as number) + glow * (1 - 0.2 * c);
      }
    }
  }
}

function fill(
  canvas: Float32Array,
  width: number,
  x0: number,
  y0: number,
  w: number,
  h: number,
  colour: Colour,
  alpha: number,
): void {
  for (let y = Math.max(0, y0); y < y0 + h; y++) {
    for (let x = Math.max(0, x0); x < Math.min(width, x0 + w); x++) {
      const at = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) canvas[at + c] = mix(canvas[at + c] as number, colour[c] as number, alpha);
    }
  }
}

/** Three box blurs in both directions: close to a Gaussian. */
function blur(canvas: Float32Array, width: number, height: number, radius: number): void {
  for (let pass = 0; pass < 3; pass++) {
    for (let y = 0; y < height; y++) blurLine(canvas, y * width * 3, 3, width, radius);
    for (let x = 0; x < width; x++) blurLine(canvas, x * 3, width * 3, height, radius);
  }
}

function blurLine(canvas: Float32Array, start: number, step: number, count: number, radius: number): void {
  for (let c = 0; c < 3; c++) {
    const line = Float32Array.from({ length: count }, (_, i) => canvas[start + c + i * step] as number);
    const value = (i: number) => line[Math.max(0, Math.min(count - 1, i))] as number;
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += value(i);
    for (let i = 0; i < count; i++) {
      canvas[start + c + i * step] = sum / (2 * radius + 1);
      sum += value(i + radius + 1) - value(i - radius);
    }
  }
}

function mix(a: number, b: number, part: number): number {
  return a + (b - a) * part;
}
