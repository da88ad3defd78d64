/** How far the analysis is, on a terminal; silent where nobody would see it move (a file, a pipe, a log). */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #columns = 24;
  #frames = 0;
  #lastDrawnMs = Number.NEGATIVE_INFINITY;
  #drawn = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /**
   * @param done files that are finished
   * @param total all files
   */
  frame(done: number, total: number, source: string): void {
    this.#frames++;
    const nowMs = performance.now();
    if (!this.#stream.isTTY || nowMs - this.#lastDrawnMs < 100) return;
    this.#lastDrawnMs = nowMs;
    const share = done / Math.max(total, 1);
    const full = Math.round(share * this.#columns);
    const bar = '#'.repeat(full) + '-'.repeat(this.#columns - full);
    const line = `[${bar}] ${Math.round(share * 100)} %  ${done} of ${total} files, ${this.#frames} frames  ${source}`;
    this.#stream.write(`\r${line.slice(0, (this.#stream.columns || 80) - 1)}\x1b[K`);
    this.#drawn = true;
  }

  /** Takes the bar away, so that it is not mixed with what is printed next. */
  clear(): void {
    if (this.#drawn) this.#stream.write('\r\x1b[K');
    this.#drawn = false;
  }
}
