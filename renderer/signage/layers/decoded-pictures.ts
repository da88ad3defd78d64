/** As much as eight pictures of Full HD. */
export const mostBytes = 64 * 2 ** 20;
const bytesPerPixel = 4;

/**
 * Adds up the pixels of pictures that were shown. Chromium keeps them after their element has let go of them, decoded
 * anew for each play, until they fill half a gigabyte; so it is told from time to time that nobody wants them any more.
 */
export class DecodedPictures {
  readonly #drop: () => void;
  #bytes = 0;

  /** @param drop lets Chromium forget the pixels that are not on screen */
  constructor(drop: () => void) {
    this.#drop = drop;
  }

  decoded(width: number, height: number): void {
    this.#bytes += width * height * bytesPerPixel;
  }

  /** A picture has left the screen. What comes next is usually loaded only now, so nothing has to be decoded twice. */
  released(): void {
    if (this.#bytes < mostBytes) return;
    this.#bytes = 0;
    this.#drop();
  }
}
