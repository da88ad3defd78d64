import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Key, Panel } from './storyboard.ts';
import { panels, people, reel } from './storyboard.ts';
import type { Truth } from './truth.ts';

const truth = JSON.parse(readFileSync(join(import.meta.dirname, '../../resources/demo/reel.json'), 'utf8')) as Truth;

/** How far beyond the panel its shadow can be seen. */
const shadow = 20;

function outside(panel: Panel, key: Key | undefined): boolean {
  if (!key) return false;
  const [halfWidth, halfHeight] = [(key.height * panel.crop[2]) / panel.crop[3] / 2 + shadow, key.height / 2 + shadow];
  const across = key.x + halfWidth <= 0 || key.x - halfWidth >= reel.width;
  return across || key.y + halfHeight <= 0 || key.y - halfHeight >= reel.height;
}

describe('the storyboard', () => {
  it('begins and ends with nobody in the picture, so that it loops without a jump', () => {
    for (const panel of panels) {
      expect(outside(panel, panel.keys[0])).toBe(true);
      expect(outside(panel, panel.keys.at(-1))).toBe(true);
      expect(panel.keys[0]?.at).toBeGreaterThan(0);
      expect(panel.keys.at(-1)?.at).toBeLessThan(reel.seconds);
    }
  });

  it('knows everyone it shows', () => {
    const known = new Set(people.map(({ id }) => id));
    for (const panel of panels) for (const { id } of panel.people) expect(known.has(id)).toBe(true);
  });
});

describe('the truth file', () => {
  it('describes the reel that the storyboard makes', () => {
    expect(truth).toMatchObject({ width: reel.width, height: reel.height, framesPerSecond: reel.framesPerSecond });
    expect(truth.frames).toBe(reel.seconds * reel.framesPerSecond);
    expect(truth.people.map(({ id }) => id)).toEqual(people.map(({ id }) => id));
    expect(truth.tracks).toHaveLength(panels.reduce((sum, panel) => sum + panel.people.length, 0));
  });

  it('shows up to six faces of 30 to 235 pixels at a time, and none at both ends', () => {
    const faces = new Array<number>(truth.frames).fill(0);
    const boxes = truth.tracks.flatMap((track) => track.boxes);
    for (const [frame] of boxes) faces[frame] = (faces[frame] ?? 0) + 1;
    const heights = boxes.map(([, , , , height]) => height).toSorted((a, b) => a - b);
    expect(heights[0]).toBeGreaterThanOrEqual(30);
    expect(heights.at(-1)).toBeLessThanOrEqual(235);
    expect(Math.max(...faces)).toBe(6);
    expect([faces[0], faces.at(-1)]).toEqual([0, 0]);
  });

  it('has a box for exactly the frames of its spans', () => {
    for (const { spans, boxes } of truth.tracks) {
      const inSpans = spans.flatMap(({ fromFrame, toFrame }) =>
        Array.from({ length: toFrame - fromFrame + 1 }, (_, index) => fromFrame + index),
      );
      expect(boxes.map(([frame]) => frame)).toEqual(inSpans);
    }
  });
});
