/** How long a result waits for the picture it belongs to before its boxes are shown without it. */
const longestWaitMs = 80;
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

  push(result: Result, nowMs: number): void {
    this.#waiting.push({ result, arrivedAtMs: nowMs });
    if (this.#waiting.length > mostWaiting) this.#waiting.shift();
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
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
  }
}
