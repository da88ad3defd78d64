import { describe, expect, it } from 'vitest';
import { LatencyMeter } from './latency.ts';

describe('LatencyMeter', () => {
  it('gives the median and the 95th percentile of what was drawn, and begins anew', () => {
    const meter = new LatencyMeter();
    for (let sequence = 1; sequence <= 100; sequence += 1) {
      meter.sent(sequence, 0);
      meter.drawn(sequence, sequence);
    }
    expect(meter.take()).toEqual({ drawn: 100, medianMs: 50, p95Ms: 95 });
    expect(meter.take()).toBeNull();
  });

  it('takes no notice of results it did not send or that were drawn twice', () => {
    const meter = new LatencyMeter();
    meter.drawn(5, 1000);
    meter.sent(6, 0);
    meter.drawn(6, 20);
    meter.drawn(6, 9000);
    expect(meter.take()).toEqual({ drawn: 1, medianMs: 20, p95Ms: 20 });
  });
});
