import { describe, expect, it } from 'vitest';
import { type LabelledBox, motMetrics, overlap, type ScoredFrame } from './mot-metrics.ts';

const at = (id: LabelledBox['id'], x: number): LabelledBox => ({ id, box: { x, y: 0, width: 10, height: 10 } });
const frames = (count: number, frame: (index: number) => ScoredFrame) =>
  Array.from({ length: count }, (_, i) => frame(i));

describe('motMetrics', () => {
  it('is perfect where every box has its track', () => {
    const scored = motMetrics(frames(10, () => ({ truth: [at('a', 0), at('b', 50)], answer: [at(7, 1), at(9, 50)] })));
    expect(scored).toMatchObject({ mota: 1, idf1: 1, switches: 0 });
  });

  it('counts misses and false alarms', () => {
    const scored = motMetrics(
      frames(10, (i) => ({ truth: [at('a', 0)], answer: i < 6 ? [at(1, 0)] : i < 8 ? [at(1, 200)] : [] })),
    );
    // 4 misses, 2 false alarms of 10; IDTP 6, 10 + 8 boxes.
    expect(scored).toMatchObject({ misses: 4, falseAlarms: 2, switches: 0 });
    expect(scored.mota).toBeCloseTo(0.4, 9);
    expect(scored.idf1).toBeCloseTo(12 / 18, 9);
  });

  it('calls a new track for the same person one switch, and gives IDF1 the longer part only', () => {
    const scored = motMetrics(frames(10, (i) => ({ truth: [at('a', 0)], answer: [at(i < 7 ? 1 : 2, 0)] })));
    expect(scored.switches).toBe(1);
    expect(scored.mota).toBeCloseTo(0.9, 9);
    expect(scored.idf1).toBeCloseTo(0.7, 9);
  });

  it('finds two people whose tracks changed over', () => {
    const scored = motMetrics(
      frames(10, (i) => ({
        truth: [at('a', 0), at('b', 50)],
        answer: i < 5 ? [at(1, 0), at(2, 50)] : [at(2, 0), at(1, 50)],
      })),
    );
    expect(scored.switches).toBe(2);
    expect(scored.mota).toBeCloseTo(0.9, 9);
    expect(scored.idf1).toBeCloseTo(0.5, 9);
  });

  it('pairs globally: the track that explains most wins, also where it came later', () => {
    // Track 1 is on a for 3 frames and then on b; track 2 is on a for the other 7.
    const scored = motMetrics(
      frames(10, (i) => ({
        truth: [at('a', 0), at('b', 50)],
        answer: i < 3 ? [at(1, 0)] : [at(2, 0), at(1, 50)],
      })),
    );
    expect(scored.idf1).toBeCloseTo((2 * 14) / (20 + 17), 9);
  });

  it('needs the overlap that is asked for', () => {
    const shifted = frames(4, () => ({ truth: [at('a', 0)], answer: [at(1, 4)] }));
    expect(overlap(at('a', 0).box, at(1, 4).box)).toBeCloseTo(60 / 140, 9);
    expect(motMetrics(shifted, 0.4).mota).toBe(1);
    expect(motMetrics(shifted, 0.5).mota).toBe(-1);
  });

  it('says nothing bad about nothing', () => {
    expect(motMetrics([])).toMatchObject({ mota: 1, idf1: 1 });
  });
});
