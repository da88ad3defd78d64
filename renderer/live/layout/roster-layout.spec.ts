import { describe, expect, it } from 'vitest';
import { sharedArea } from './rectangles.ts';
import { RosterSlots, rosterGrid, slotBox } from './roster-layout.ts';

describe('RosterSlots', () => {
  it('keeps everybody in place while others come and go', () => {
    const slots = new RosterSlots();
    slots.assign([10, 11, 12]);
    const after = slots.assign([10, 12]);
    expect([after.get(10), after.get(12)]).toEqual([0, 2]);
    expect(slots.assign([10, 12, 13]).get(13)).toBe(1);
  });

  it('closes gaps on demand, in order', () => {
    const slots = new RosterSlots();
    slots.assign([1, 2, 3]);
    slots.assign([3]);
    slots.compact();
    expect(slots.assign([3]).get(3)).toBe(0);
  });
});

describe('slotBox', () => {
  it('lays slots out inside the region without overlap', () => {
    const region = { x: 20, y: 700, width: 1040, height: 900 };
    const card = { width: 300, height: 230 };
    const grid = rosterGrid(region, card, 16);
    expect(grid).toEqual({ columns: 3, rows: 3, capacity: 9 });
    const boxes = Array.from({ length: grid.capacity }, (_, slot) => slotBox(slot, grid, region, card, 16));
    for (const box of boxes) {
      expect(box.x).toBeGreaterThanOrEqual(20);
      expect(box.x + box.width).toBeLessThanOrEqual(1060);
      expect(box.y + box.height).toBeLessThanOrEqual(1600);
    }
    const shared = boxes.flatMap((a, i) => boxes.slice(i + 1).map((b) => sharedArea(a, b)));
    expect(Math.max(...shared)).toBe(0);
  });
});
