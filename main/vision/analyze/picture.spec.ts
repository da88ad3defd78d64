import { describe, expect, it } from 'vitest';
import { FramedPicture, type Picture, scaled } from './picture.ts';

function picture(width: number, height: number, value: (x: number, y: number) => number): Picture {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgb.fill(value(x, y), (y * width + x) * 3, (y * width + x) * 3 + 3);
  }
  return { width, height, rgb };
}
const red = (rgb: Uint8Array, width: number, x: number, y: number) => rgb[(y * width + x) * 3];

describe('scaled', () => {
  it('keeps one colour, larger and smaller', () => {
    const plain = picture(13, 7, () => 77);
    expect(new Set(scaled(plain, 5, 3))).toEqual(new Set([77]));
    expect(new Set(scaled(plain, 40, 31))).toEqual(new Set([77]));
  });

  it('averages when it shrinks, so that a fine pattern becomes grey', () => {
    const board = picture(64, 64, (x, y) => ((x + y) % 2 === 0 ? 0 : 200));
    const small = scaled(board, 16, 16);
    for (let i = 0; i < small.length; i++) expect(Math.abs((small[i] ?? 0) - 100)).toBeLessThanOrEqual(8);
  });

  it('keeps a slope where it is', () => {
    const slope = picture(60, 4, (x) => 4 * x);
    const small = scaled(slope, 20, 2);
    expect(red(small, 20, 10, 1)).toBeCloseTo(4 * (10.5 * 3 - 0.5), -0.5);
  });
});

describe('FramedPicture', () => {
  it('puts the picture in the middle of a black ground', () => {
    const framed = new FramedPicture(
      picture(10, 20, () => 100),
      5,
    );
    expect([framed.width, framed.height]).toEqual([20, 30]);
    const rgb = framed.scaledRgb(40, 60);
    expect(rgb).toHaveLength(40 * 60 * 3);
    expect(red(rgb, 40, 20, 30)).toBe(100);
    expect(red(rgb, 40, 2, 30)).toBe(0);
    expect(red(rgb, 40, 20, 57)).toBe(0);
    expect(red(rgb, 40, 10, 10)).toBe(100);
    expect(red(rgb, 40, 29, 49)).toBe(100);
  });
});
