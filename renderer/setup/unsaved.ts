import { ask } from '../bridge.ts';

/** What is edited in set-up and saves itself. Once the lock is closed nothing is taken any more, so it is saved before. */
export class Unsaved {
  readonly #flushes = new Set<() => Promise<void>>();

  /** @param flush saves at once what waits. @returns a function that does so for the last time */
  add(flush: () => Promise<void>): () => void {
    this.#flushes.add(flush);
    return () => void flush().finally(() => this.#flushes.delete(flush));
  }

  /** Set-up is left. */
  async lock(): Promise<void> {
    await Promise.allSettled([...this.#flushes].map((flush) => flush()));
    await ask('operator:lock');
  }
}

export const unsaved = new Unsaved();
