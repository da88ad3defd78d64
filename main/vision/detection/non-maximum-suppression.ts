/**
 * Greedy non-maximum suppression: boxes are offered best first, and one that overlaps a kept one by too much is
 * refused. Keeps its corners in typed arrays of fixed size.
 */
export class NonMaximumSuppression {
  readonly #left: Float64Array;
  readonly #top: Float64Array;
  readonly #right: Float64Array;
  readonly #bottom: Float64Array;
  #kept = 0;
  #refusedBy = 0;
  #refusedOverlap = 0;
  #overlap = 1;
  #limit: number;

  /** @param capacity the most boxes that can be kept */
  constructor(capacity: number) {
    this.#limit = capacity;
    this.#left = new Float64Array(capacity);
    this.#top = new Float64Array(capacity);
    this.#right = new Float64Array(capacity);
    this.#bottom = new Float64Array(capacity);
  }

  /**
   * @param overlap largest intersection over union that two kept boxes may have, 0..1
   * @param limit the most boxes to keep, within the capacity
   */
  begin(overlap: number, limit: number): void {
    this.#kept = 0;
    this.#overlap = overlap;
    this.#limit = Math.min(limit, this.#left.length);
  }

  get kept(): number {
    return this.#kept;
  }

  /** After a refusal: which kept box was the reason, in the order they were kept. */
  get refusedBy(): number {
    return this.#refusedBy;
  }

  /** After a refusal: the intersection over union with that box. */
  get refusedOverlap(): number {
    return this.#refusedOverlap;
  }

  get full(): boolean {
    return this.#kept >= this.#limit;
  }

  /** @returns whether the box is kept; one that overlaps nothing is also kept out where there is no room */
  offer(x: number, y: number, width: number, height: number): boolean {
    const right = x + width;
    const bottom = y + height;
    const area = width * height;
    for (let i = 0; i < this.#kept; i++) {
      const l = this.#left[i] as number;
      const t = this.#top[i] as number;
      const r = this.#right[i] as number;
      const b = this.#bottom[i] as number;
      const innerWidth = Math.min(right, r) - Math.max(x, l);
      const innerHeight = Math.min(bottom, b) - Math.max(y, t);
      if (innerWidth <= 0 || innerHeight <= 0) continue;
      const inner = innerWidth * innerHeight;
      const union = area + (r - l) * (b - t) - inner;
      if (inner > this.#overlap * union) {
        this.#refusedBy = i;
        this.#refusedOverlap = inner / union;
        return false;
      }
    }
    if (this.full) {
      this.#refusedOverlap = 0;
      return false;
    }
    this.#left[this.#kept] = x;
    this.#top[this.#kept] = y;
    this.#right[this.#kept] = right;
    this.#bottom[this.#kept] = bottom;
    this.#kept++;
    return true;
  }
}
