import { describe, expect, it } from 'vitest';
import { AttributeScheduler, type Candidate } from './scheduler.ts';

const fresh = (trackId: number, quality = 0.5): Candidate => ({ trackId, readings: 0, lastAttemptMs: null, quality });
const known = (trackId: number, lastAttemptMs: number, quality = 0.5): Candidate => ({
  trackId,
  readings: 20,
  lastAttemptMs,
  quality,
});
const ids = (chosen: readonly Candidate[]) => chosen.map(({ trackId }) => trackId);

describe('AttributeScheduler', () => {
  it('reads a new face at once, before all others', () => {
    const scheduler = new AttributeScheduler(8, 6);
    expect(ids(scheduler.choose([known(1, 0), known(2, 0), fresh(3)], 5000, 6))).toEqual([3]);
  });

  it('leaves alone a face that was read a moment ago', () => {
    expect(new AttributeScheduler(8, 6).choose([known(1, 900)], 1000, 100)).toEqual([]);
  });

  it('reads a young track more often than one it knows', () => {
    const young = { ...known(1, 800), readings: 2 };
    expect(ids(new AttributeScheduler(8, 6).choose([young, known(2, 800)], 1000, 100))).toEqual([1]);
  });

  it('keeps to the budget, by the cost it has measured', () => {
    const scheduler = new AttributeScheduler(8, 6);
    const crowd = Array.from({ length: 20 }, (_, i) => fresh(i));
    expect(scheduler.choose(crowd, 0, 12)).toHaveLength(2);
    expect(scheduler.choose(crowd, 0, 12)).toHaveLength(2);
    for (let i = 0; i < 200; i++) scheduler.measured(4, 7.6);
    expect(scheduler.choose(crowd, 0, 12)).toHaveLength(6);
    expect(scheduler.choose(crowd, 0, 1000)).toHaveLength(8);
  });

  it('keeps what a frame leaves of its budget, but not for long', () => {
    const scheduler = new AttributeScheduler(8, 8);
    const crowd = Array.from({ length: 20 }, (_, i) => fresh(i));
    const counts = Array.from({ length: 6 }, () => scheduler.choose(crowd, 0, 12).length);
    expect(counts).toEqual([1, 2, 1, 2, 1, 2]);
    for (let i = 0; i < 100; i++) expect(scheduler.choose([], 0, 12)).toEqual([]);
    expect(scheduler.choose(crowd, 0, 12)).toHaveLength(4);
  });

  it('reads one face even where the budget is too small for any', () => {
    expect(new AttributeScheduler(8, 50).choose([fresh(1), fresh(2)], 0, 1)).toHaveLength(1);
  });

  it('reads each of twenty faces at least twice a second at 25 frames a second and 12 ms', () => {
    const scheduler = new AttributeScheduler(8, 6);
    const tracks = new Map(Array.from({ length: 20 }, (_, i) => [i, { attempts: [] as number[] }]));
    for (let timeMs = 0; timeMs < 10_000; timeMs += 40) {
      const candidates = [...tracks].map(([trackId, { attempts }]) => ({
        trackId,
        readings: attempts.length,
        lastAttemptMs: attempts.at(-1) ?? null,
        quality: trackId / 20,
      }));
      for (const { trackId } of scheduler.choose(candidates, timeMs, 12)) tracks.get(trackId)?.attempts.push(timeMs);
    }
    for (const { attempts } of tracks.values()) {
      expect(attempts[0]).toBeLessThan(500);
      const settled = attempts.filter((timeMs) => timeMs > 4000);
      const gaps = settled.slice(1).map((timeMs, i) => timeMs - (settled[i] as number));
      expect(Math.max(...gaps)).toBeLessThanOrEqual(500);
    }
  });
});
