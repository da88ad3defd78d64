/** Time as the playback sees it, so that a test can move it by hand. */
export interface Clock {
  /** Milliseconds; never goes back. */
  now(): number;
  /** @returns a function that calls it off */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
