import { describe, expect, it } from 'vitest';
import { type FaceToLabel, type LayoutRequest, layOutLabels, type Placement } from './label-layout.ts';
import { sharedArea } from './rectangles.ts';

const bounds = { x: 0, y: 0, width: 1600, height: 900 };
const request = (faces: FaceToLabel[], change: Partial<LayoutRequest> = {}): LayoutRequest => ({
  faces,
  bounds,
  gap: 12,
  previous: new Map(),
  ...change,
});
const large = { width: 300, height: 230 };
const small = { width: 110, height: 44 };
const face = (id: number, x: number, y: number, size = 110, card = large): FaceToLabel => ({
  id,
  card,
  box: { x, y, width: size, height: size * 1.25 },
});
const byId = (placements: Placement[]) => new Map(placements.map((placement) => [placement.id, placement]));

function overlaps(placements: readonly Placement[], faces: readonly FaceToLabel[]): string[] {
  const found: string[] = [];
  placements.forEach((a, index) => {
    for (const b of placements.slice(index + 1)) if (sharedArea(a.box, b.box) > 0) found.push(`cards ${a.id} ${b.id}`);
    for (const f of faces) if (sharedArea(a.box, f.box) > 0) found.push(`card ${a.id} face ${f.id}`);
  });
  return found;
}

/** A repeatable crowd. */
function crowd(count: number, seed: number): FaceToLabel[] {
  let state = seed;
  const random = () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
  const faces: FaceToLabel[] = [];
  while (faces.length < count) {
    const next = face(faces.length, random() * 1500, random() * 780, 40 + random() * 40, small);
    if (faces.every((other) => sharedArea(other.box, next.box) === 0)) faces.push(next);
  }
  return faces;
}

describe('layOutLabels', () => {
  it('puts a single card to the right of its face, level with it', () => {
    const [placement] = layOutLabels(request([face(1, 400, 300)]));
    expect(placement?.box).toEqual({ x: 522, y: 300, width: 300, height: 230 });
  });

  it('changes the side at the edge of the bounds and stays inside', () => {
    const [placement] = layOutLabels(request([face(1, 1480, 300)]));
    expect((placement?.box.x ?? 0) + 300).toBeLessThan(1480);
  });

  it('keeps the cards of two people who stand close apart from each other and from both faces', () => {
    const faces = [face(1, 700, 350), face(2, 830, 360)];
    expect(overlaps(layOutLabels(request(faces)), faces)).toEqual([]);
  });

  it('places four people in a row without any overlap', () => {
    const faces = [face(1, 380, 380), face(2, 560, 370), face(3, 740, 390), face(4, 930, 380)];
    expect(overlaps(layOutLabels(request(faces)), faces)).toEqual([]);
  });

  it('places small cards for crowds of twenty without any overlap', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const faces = crowd(20, seed);
      const placements = layOutLabels(request(faces, { gap: 6 }));
      expect(overlaps(placements, faces)).toEqual([]);
    }
  });

  it('says how much overlaps where there is no room', () => {
    const faces = [face(1, 10, 10, 200), face(2, 60, 40, 200)];
    const placements = layOutLabels(request(faces, { bounds: { x: 0, y: 0, width: 320, height: 300 } }));
    expect(placements.some((placement) => placement.overlap > 0.2)).toBe(true);
  });

  it('leaves cards where they are when faces move a little', () => {
    const before = layOutLabels(request([face(1, 500, 300), face(2, 900, 320)]));
    const after = layOutLabels(request([face(1, 512, 306), face(2, 893, 316)], { previous: byId(before) }));
    expect(after.map((placement) => placement.anchor)).toEqual(before.map((placement) => placement.anchor));
  });

  it('does not flip back and forth where two places are equally good', () => {
    let previous = new Map<number, Placement>();
    const anchors = new Set<string>();
    for (let step = 0; step < 40; step += 1) {
      const wobble = step % 2 === 0 ? 3 : -3;
      const placements = layOutLabels(request([face(1, 1172 + wobble, 300)], { previous }));
      previous = byId(placements);
      if (step > 0) for (const placement of placements) anchors.add(placement.anchor);
    }
    expect(anchors.size).toBe(1);
  });

  it('moves the newcomer, not the one already there', () => {
    const first = layOutLabels(request([face(1, 500, 300)]));
    const both = layOutLabels(request([face(1, 500, 300), face(2, 700, 300)], { previous: byId(first) }));
    // The newcomer stands where the first card lies: only then it has to give way.
    expect(overlaps(both, [face(1, 500, 300), face(2, 700, 300)])).toEqual([]);
    const third = layOutLabels(
      request([face(1, 500, 300), face(2, 700, 300), face(3, 1200, 600)], { previous: byId(both) }),
    );
    expect(byId(third).get(1)?.anchor).toBe(byId(both).get(1)?.anchor);
    expect(byId(third).get(2)?.anchor).toBe(byId(both).get(2)?.anchor);
  });

  it('does not depend on the order in which faces are given', () => {
    const faces = crowd(8, 7);
    expect(layOutLabels(request([...faces].reverse()))).toEqual(layOutLabels(request(faces)));
  });
});
