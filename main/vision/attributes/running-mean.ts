/** A weighted mean of several values that forgets: a reading counts half as much after `halfLifeMs`. */
export class RunningMean {
  readonly #sums: Float64Array;
  readonly #halfLifeMs: number;
  #weight = 0;
  #timeMs = 0;

  /** @param size values that are averaged side by side */
  constructor(size: number, halfLifeMs: number) {
    this.#sums = new Float64Array(size);
    this.#halfLifeMs = halfLifeMs;
  }

  /** Sum of the weights that are not forgotten yet. */
  get weight(): number {
    return this.#weight;
  }

  /** @param timeMs of the reading; never less than the one before */
  add(values: readonly number[], weight: number, timeMs: number): void {
    const kept = this.#weight > 0 ? 0.5 ** (Math.max(0, timeMs - this.#timeMs) / this.#halfLifeMs) : 0;
    for (let i = 0; i < this.#sums.length; i++) {
      this.#sums[i] = (this.#sums[i] as number) * kept + (values[i] as number) * weight;
    }
    this.#weight = this.#weight * kept + weight;
    this.#timeMs = timeMs;
  }

  /** 0 before the first reading. */
  mean(index: number): number {
    return this.#weight > 0 ? (this.#sums[index] as number) / this.#weight : 0;
  }
}
