import { describe, expect, it } from 'vitest';
import { leaderBetween } from './leader.ts';

const face = { x: 100, y: 100, width: 50, height: 60 };

describe('leaderBetween', () => {
  it('needs no line to a card that is close', () => {
    expect(leaderBetween(face, { x: 160, y: 100, width: 200, height: 100 })).toBeNull();
    expect(leaderBetween(face, { x: 120, y: 120, width: 200, height: 100 })).toBeNull();
  });

  it('runs level to a card beside the face', () => {
    const leader = leaderBetween(face, { x: 250, y: 110, width: 200, height: 40 });
    expect(leader).toEqual({ x: 150, y: 130, angle: 0, length: 100 });
  });

  it('runs from corner to corner', () => {
    const leader = leaderBetween(face, { x: 180, y: 200, width: 90, height: 40 });
    expect(leader?.length).toBe(50);
    expect(leader?.angle).toBeCloseTo(Math.atan2(40, 30));
  });
});
