/** One clock for all sources, one after another: each has its own zero, but the engine's time never goes back. */
export class Timeline {
  #offsetMs: number | null = 0;
  #lastMs = 0;

  /** The next frame comes from another source: it takes up where the last one ended. */
  restart(): void {
    this.#offsetMs = null;
  }

  /** @param sourceMs time of a frame on its source's clock */
  at(sourceMs: number): number {
    this.#offsetMs ??= this.#lastMs - sourceMs;
    this.#lastMs = Math.max(this.#lastMs, sourceMs + this.#offsetMs);
    return this.#lastMs;
  }
}
