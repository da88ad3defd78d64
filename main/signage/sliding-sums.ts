const slots = 20;

/**
 * Time-weighted sums over the last stretch of time, in slots, so that memory and work do not depend on the frame rate.
 * The oldest slot is dropped as a whole: the stretch looked at is the wanted one to within a twentieth.
 */
export class SlidingSums {
  readonly #slotMs: number;
  readonly #lengthMs: number;
  readonly #over = new Float64Array(slots + 1);
  readonly #under = new Float64Array(slots + 1);
  readonly #time = new Float64Array(slots + 1);
  #slot = 0;

  /** @param lengthMs how far it looks back, > 0 */
  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
    this.#slotMs = lengthMs / slots;
  }

  /** Counts `over` and `under` as having been so for `elapsedMs` up to `nowMs`. */
  add(nowMs: number, elapsedMs: number, over: number, under: number): void {
    this.#advance(Math.floor(nowMs / this.#slotMs));
    const at = this.#slot % (slots + 1);
    this.#over[at] = (this.#over[at] ?? 0) + over * elapsedMs;
    this.#under[at] = (this.#under[at] ?? 0) + under * elapsedMs;
    this.#time[at] = (this.#time[at] ?? 0) + elapsedMs;
  }

  /** The ratio of the two sums, or null while the stretch is not covered or `under` is nothing. */
  ratio(): number | null {
    let over = 0;
    let under = 0;
    let time = 0;
    for (let i = 0; i <= slots; i++) {
      over += this.#over[i] ?? 0;
      under += this.#under[i] ?? 0;
      time += this.#time[i] ?? 0;
    }
    // The slot being filled may be empty and the oldest one cut off: a twentieth of leeway at either end.
    return under > 0 && time >= this.#lengthMs - 2 * this.#slotMs ? over / under : null;
  }

  #advance(slot: number): void {
    const steps = Math.min(slot - this.#slot, slots + 1);
    for (let i = 1; i <= steps; i++) {
      const at = (slot - steps + i) % (slots + 1);
      this.#over[at] = 0;
      this.#under[at] = 0;
      this.#time[at] = 0;
    }
    this.#slot = Math.max(this.#slot, slot);
  }
}
