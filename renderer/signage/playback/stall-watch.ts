/** A film that stands still for so long will not go on by itself. */
export const stalledAfterMs = 4_000;

/** Notices that a film no longer moves. Any change counts, also a jump back: repeated films do that. */
export class StallWatch {
  #position: number | null = null;
  #sinceMs = 0;

  /** Another film, or none. */
  reset(): void {
    this.#position = null;
  }

  /**
   * @param position how far the film has played, null = nothing to watch
   * @returns whether it has stood still for too long
   */
  observe(position: number | null, nowMs: number): boolean {
    if (position === null || position !== this.#position) {
      this.#position = position;
      this.#sinceMs = nowMs;
      return false;
    }
    return nowMs - this.#sinceMs >= stalledAfterMs;
  }
}
