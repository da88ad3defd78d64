import { describe, expect, it } from 'vitest';
import { everythingShown } from '../faces/card-size.ts';
import { CardPlanner, type PlannedFace, type PlanSurroundings } from './card-planner.ts';
import { onStage, stageGeometry } from './stage-geometry.ts';

const card = { width: 306, height: 240 };
const landscape: PlanSurroundings = {
  geometry: stageGeometry({ width: 1560, height: 880 }, { width: 1280, height: 720 }, card, 14),
  rem: 18,
  gap: 14,
  switches: everythingShown,
};
const portrait: PlanSurroundings = {
  ...landscape,
  geometry: stageGeometry({ width: 1040, height: 1500 }, { width: 1280, height: 720 }, card, 14),
};
const row = (count: number, size = 70): PlannedFace[] =>
  Array.from({ length: count }, (_, id) => ({
    id,
    box: { x: 60 + (id % 10) * 140, y: 200 + Math.floor(id / 10) * 220, width: size, height: size * 1.25 },
    hasReading: true,
  }));

describe('stageGeometry', () => {
  it('fills a stage of the same proportions and keeps the cards beside the faces', () => {
    expect(landscape.geometry.roster).toBeNull();
    expect(landscape.geometry.picture.width).toBe(1560);
  });

  it('gives the cards the room that a wide picture leaves on an upright screen', () => {
    const { picture, roster } = portrait.geometry;
    expect(picture).toEqual({ x: 0, y: 0, width: 1040, height: 585 });
    expect(roster?.y).toBe(599);
  });

  it('gives the cards the room beside an upright picture', () => {
    const { picture, roster } = stageGeometry({ width: 1560, height: 880 }, { width: 720, height: 1280 }, card, 14);
    expect(roster?.x).toBe(picture.width + 14);
  });

  it('maps frame pixels onto the stage', () => {
    const box = { x: 640, y: 360, width: 128, height: 72 };
    expect(onStage(box, { width: 1280, height: 720 }, { x: 10, y: 20, width: 640, height: 360 })).toEqual({
      x: 330,
      y: 200,
      width: 64,
      height: 36,
    });
  });
});

describe('CardPlanner', () => {
  it('shows long cards for a few faces and short ones for a crowd', () => {
    const planner = new CardPlanner();
    expect(planner.plan(row(3), landscape, 0).level.form).toBe('full');
    planner.plan(row(20), landscape, 100);
    const crowd = planner.plan(row(20), landscape, 1000);
    expect(crowd.level.form).toBe('mini');
    expect([...crowd.placements.values()].every((placement) => placement.overlap < 0.05)).toBe(true);
  });

  it('grows again only when there has been room for a while', () => {
    const planner = new CardPlanner();
    planner.plan(row(8), landscape, 0);
    expect(planner.plan(row(8), landscape, 1000).level.form).toBe('compact');
    expect(planner.plan(row(2), landscape, 2000).level.form).toBe('compact');
    expect(planner.plan(row(2), landscape, 3000).level.form).toBe('compact');
    expect(planner.plan(row(2), landscape, 3700).level.form).toBe('full');
  });

  it('gives a face that cannot be read a smaller card', () => {
    const planner = new CardPlanner();
    const [one] = row(1);
    const plan = planner.plan([{ ...(one as PlannedFace), hasReading: false }], landscape, 0);
    expect(plan.placements.get(0)?.box.height).toBeLessThan(60);
  });

  it('lets few cards of a roster fill their room', () => {
    const planner = new CardPlanner();
    expect(planner.plan(row(3), portrait, 0).level.scale).toBeGreaterThan(1);
    const many = planner.plan(row(20), portrait, 100);
    expect(many.level.form).toBe('compact');
    const bottom = Math.max(...[...many.placements.values()].map(({ box }) => box.y + box.height));
    expect(bottom).toBeLessThanOrEqual(1500);
  });

  it('numbers the cards of a roster and keeps the numbers', () => {
    const planner = new CardPlanner();
    const faces = row(4);
    planner.plan(faces, portrait, 0);
    const plan = planner.plan(faces.slice(1), portrait, 100);
    expect(plan.numbers.get(3)).toBe(4);
    expect(plan.placements.get(3)?.box.y).toBeGreaterThan(585);
  });
});
