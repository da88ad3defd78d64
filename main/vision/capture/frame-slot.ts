/** Room for exactly one waiting item: a newer one replaces it, and the one replaced is given back and counted. */
export class FrameSlot<Item> {
  private readonly discard: (item: Item) => void;
  private waiting: Item | null = null;
  private takers: ((item: Item | null) => void)[] = [];
  private closed = false;
  private replaced = 0;

  constructor(discard: (item: Item) => void) {
    this.discard = discard;
  }

  /** Items that were replaced before anyone took them. */
  get dropped(): number {
    return this.replaced;
  }

  put(item: Item): void {
    if (this.closed) {
      this.discard(item);
      return;
    }
    const taker = this.takers.shift();
    if (taker) {
      taker(item);
      return;
    }
    if (this.waiting !== null) {
      this.discard(this.waiting);
      this.replaced++;
    }
    this.waiting = item;
  }

  /** @returns the newest item, waiting for one if there is none; null once the slot is closed and empty */
  take(): Promise<Item | null> {
    const item = this.waiting;
    this.waiting = null;
    if (item !== null || this.closed) return Promise.resolve(item);
    return new Promise((resolve) => this.takers.push(resolve));
  }

  /** No more will come: waiting takers get null. An item that still waits can be taken unless `drop` is set. */
  close(drop = false): void {
    this.closed = true;
    if (drop && this.waiting !== null) {
      this.discard(this.waiting);
      this.waiting = null;
    }
    for (const taker of this.takers.splice(0)) taker(null);
  }
}
