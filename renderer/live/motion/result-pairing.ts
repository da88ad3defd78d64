/**
 * How long a result waits for its picture, or a picture for its result, before it is shown alone. On a machine that
 * keeps up they come within a few milliseconds of each other.
 */
const longestWaitMs = 400;
/** More results than this never wait: the page was hidden or busy, and only the newest matter. */
const mostWaiting = 8;

/** What pairing needs to know of a `FrameResult`. */
interface Sequenced {
  readonly sequence: number;
}

/**
 * Results and pictures reach the page on two ports. Boxes look glued to the heads only when both of one frame are
 * shown together, so while pictures flow a result waits for its picture, but never long.
 */
export class ResultPairing<Result extends Sequenced> {
  readonly #waiting: { readonly result: Result; readonly arrivedAtMs: number }[] = [];
  #newestPicture = -1;
  #newestResult = -1;

  push(result: Result, nowMs: number): void {
    this.#newestResult = result.sequence;
    this.#waiting.push({ result, arrivedAtMs: nowMs });
    if (this.#waiting.length > mostWaiting) this.#waiting.shift();
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Whether a picture may be shown: its result is here, or does not come. */
  mayShow(picture: number, readySinceMs: number, nowMs: number): boolean {
    return picture <= this.#newestResult || nowMs - readySinceMs >= longestWaitMs;
  }

  pictureShown(sequence: number): void {
    this.#newestPicture = sequence;
  }

  /**
   * Takes out the results that are to be shown now, oldest first.
   * @param picturesFlow whether pictures are being shown at all; without them nothing waits
   */
  take(nowMs: number, picturesFlow: boolean): Result[] {
    let count = 0;
    this.#waiting.forEach((entry, index) => {
      const seen = entry.result.sequence <= this.#newestPicture;
      if (!picturesFlow || seen || nowMs - entry.arrivedAtMs >= longestWaitMs) count = index + 1;
    });
    return this.#waiting.splice(0, count).map((entry) => entry.result);
  }

  /** The engine was started anew: its sequence begins again. */
  reset(): void {
    this.#waiting.length = 0;
    this.#newestPicture = -1;
    this.#newestResult = -1;
  }
}
