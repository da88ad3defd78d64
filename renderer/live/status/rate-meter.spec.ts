import { describe, expect, it } from 'vitest';
import { RateMeter } from './rate-meter.ts';

describe('RateMeter', () => {
  it('measures rates over the window', () => {
    const meter = new RateMeter();
    for (let frame = 0; frame <= 60; frame += 1)
      meter.count({ received: frame * 2, analysed: frame, dropped: frame }, (frame * 1000) / 15);
    const rates = meter.rates(4000);
    expect(rates.received).toBeCloseTo(30, 3);
    expect(rates.analysed).toBeCloseTo(15, 3);
    expect(rates.droppedShare).toBeCloseTo(0.5, 3);
  });

  it('falls to nothing when the source falls silent', () => {
    const meter = new RateMeter();
    meter.count({ received: 0, analysed: 0, dropped: 0 }, 0);
    meter.count({ received: 30, analysed: 30, dropped: 0 }, 1000);
    expect(meter.rates(1000).received).toBe(30);
    expect(meter.rates(3500).received).toBe(0);
  });

  it('begins again when the counters do', () => {
    const meter = new RateMeter();
    meter.count({ received: 5000, analysed: 5000, dropped: 0 }, 0);
    meter.count({ received: 1, analysed: 1, dropped: 0 }, 100);
    meter.count({ received: 26, analysed: 26, dropped: 0 }, 1100);
    expect(meter.rates(1100).received).toBeCloseTo(25, 3);
  });

  it('gives the 95th percentile of the latency and forgets old ones', () => {
    const meter = new RateMeter();
    for (let index = 1; index <= 100; index += 1) meter.drawn(index, index);
    expect(meter.rates(100).latencyMs).toBe(96);
    expect(meter.rates(10_000).latencyMs).toBeNull();
  });
});
