import type { FrameCounters } from '../../../contract/frame-result.ts';

export interface FrameRates {
  /** Frames per second that the source delivered. */
  readonly received: number;
  readonly analysed: number;
  /** Share of the delivered frames that were dropped in the window, 0..1. */
  readonly droppedShare: number;
  /** 95th percentile of the window, ms from decoding to drawing; null while nothing was drawn. */
  readonly latencyMs: number | null;
}

interface Sample extends FrameCounters {
  readonly atMs: number;
}

const windowMs = 2000;
const mostLatencies = 240;

/** Frame rates and latency over the last two seconds, from the engine's running counters. */
export class RateMeter {
  readonly #samples: Sample[] = [];
  readonly #latencies: { readonly atMs: number; readonly ms: number }[] = [];

  /** @param atMs monotonic clock of the page */
  count(counters: FrameCounters, atMs: number): void {
    const last = this.#samples.at(-1);
    // Counters begin again when a source is opened anew.
    if (last && counters.received < last.received) this.#samples.length = 0;
    this.#samples.push({ ...counters, atMs });
    while (this.#samples.length > 2 && (this.#samples[0]?.atMs ?? 0) < atMs - windowMs) this.#samples.shift();
  }

  drawn(latencyMs: number, atMs: number): void {
    this.#latencies.push({ atMs, ms: latencyMs });
    if (this.#latencies.length > mostLatencies) this.#latencies.shift();
  }

  rates(nowMs: number): FrameRates {
    while (this.#latencies.length > 0 && (this.#latencies[0]?.atMs ?? 0) < nowMs - windowMs) this.#latencies.shift();
    const latencyMs = percentile95(this.#latencies.map((entry) => entry.ms));
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last === first || nowMs - last.atMs > windowMs)
      return { received: 0, analysed: 0, droppedShare: 0, latencyMs };
    const seconds = Math.max(last.atMs - first.atMs, 1) / 1000;
    const received = last.received - first.received;
    return {
      received: received / seconds,
      analysed: (last.analysed - first.analysed) / seconds,
      droppedShare: received > 0 ? Math.min(1, (last.dropped - first.dropped) / received) : 0,
      latencyMs,
    };
  }
}

function percentile95(values: number[]): number | null {
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(values.length * 0.95))] ?? null;
}
