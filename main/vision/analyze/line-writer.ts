import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes lines no faster than the reader takes them, and notices when the reader has gone (`... | head`). */
export class LineWriter {
  readonly #stream: Writable;
  #gone = false;
  #failure: Error | null = null;

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#gone = true;
      if (error.code !== 'EPIPE') this.#failure = error;
    });
    stream.on('close', () => {
      this.#gone = true;
    });
  }

  /** Whether nobody reads any more: there is no point in going on. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Why writing failed (a full disk, for example), or null; a reader that has gone is no failure. */
  get failure(): Error | null {
    return this.#failure;
  }

  async write(line: string): Promise<void> {
    if (this.#gone || this.#stream.write(`${line}\n`)) return;
    await this.#taken();
  }

  /** Waits until everything has been taken. */
  async flush(): Promise<void> {
    if (this.#gone || this.#stream.writableLength === 0) return;
    await this.#taken();
  }

  /** Leaves no listener behind: a slow reader makes every line wait. */
  async #taken(): Promise<void> {
    const waiting = new AbortController();
    const options = { signal: waiting.signal };
    const events = ['drain', 'close'].map((name) => once(this.#stream, name, options));
    await Promise.race(events).catch(() => {});
    waiting.abort();
    await Promise.allSettled(events);
  }
}
