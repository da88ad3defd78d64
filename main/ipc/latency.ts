/** Results older than that were skipped by the page. */
const mostOpen = 120;
const mostSamples = 1_800;

/** Time from a frame's decoding to its being drawn, for the log and the bench. Times in ms since the epoch. */
export class LatencyMeter {
  readonly #open = new Map<number, number>();
  readonly #samples = new Float64Array(mostSamples);
  #count = 0;

  sent(sequence: number, capturedAtMs: number): void {
    this.#open.set(sequence, capturedAtMs);
    if (this.#open.size > mostOpen) this.#open.delete(this.#open.keys().next().value as number);
  }

  drawn(sequence: number, nowMs: number): void {
    const capturedAtMs = this.#open.get(sequence);
    if (capturedAtMs === undefined) return;
    this.#open.delete(sequence);
    this.#samples[this.#count % mostSamples] = nowMs - capturedAtMs;
    this.#count += 1;
  }

  /** Figures since the last call, or null when nothing was drawn. */
  take(): { readonly drawn: number; readonly medianMs: number; readonly p95Ms: number } | null {
    const known = Math.min(this.#count, mostSamples);
    if (known === 0) return null;
    const sorted = this.#samples.slice(0, known).sort();
    const drawn = this.#count;
    this.#count = 0;
    return { drawn, medianMs: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95) };
  }
}

/** Nearest rank. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
