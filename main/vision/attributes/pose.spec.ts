import { describe, expect, it } from 'vitest';
import type { FaceLandmarks } from '../../../contract/geometry.ts';
import { estimatePose } from './pose.ts';

/** A frontal face of 100 px; `nose` shifts its nose, `tilt` turns it in the picture plane (degrees). */
function face({ nose = { x: 0, y: 0 }, tilt = 0 } = {}): FaceLandmarks {
  const points = [
    [34, 35.5],
    [66, 35.5],
    [50 + nose.x, 54.3 + nose.y],
    [36.75, 72.4],
    [63.25, 72.4],
  ];
  const angle = (tilt * Math.PI) / 180;
  return points.map(([x = 0, y = 0]) => ({
    x: 300 + x * Math.cos(angle) - y * Math.sin(angle),
    y: 200 + x * Math.sin(angle) + y * Math.cos(angle),
  })) as unknown as FaceLandmarks;
}

describe('estimatePose', () => {
  it('takes a frontal face for one', () => {
    const { yaw, pitch } = estimatePose(face());
    expect(Math.abs(yaw)).toBeLessThan(1);
    expect(Math.abs(pitch)).toBeLessThan(2);
  });

  it('sees to which side the head is turned, however far it is tilted', () => {
    for (const tilt of [0, 30, -75]) {
      expect(estimatePose(face({ nose: { x: 10, y: 0 }, tilt })).yaw).toBeGreaterThan(20);
      expect(estimatePose(face({ nose: { x: -10, y: 0 }, tilt })).yaw).toBeLessThan(-20);
    }
  });

  it('gives the same answer for a tilted head', () => {
    const straight = estimatePose(face({ nose: { x: 4, y: -3 } }));
    const tilted = estimatePose(face({ nose: { x: 4, y: -3 }, tilt: 40 }));
    expect(tilted.yaw).toBeCloseTo(straight.yaw, 6);
    expect(tilted.pitch).toBeCloseTo(straight.pitch, 6);
  });

  it('sees a head that is lifted or lowered', () => {
    expect(estimatePose(face({ nose: { x: 0, y: -10 } })).pitch).toBeGreaterThan(8);
    expect(estimatePose(face({ nose: { x: 0, y: 10 } })).pitch).toBeLessThan(-8);
  });

  it('stays finite where all landmarks lie on one spot', () => {
    const spot = Array.from({ length: 5 }, () => ({ x: 7, y: 7 })) as unknown as FaceLandmarks;
    expect(estimatePose(spot)).toEqual({ yaw: 0, pitch: 0 });
  });
});
