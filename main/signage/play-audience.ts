import type { Person } from './people.ts';
import type { PlayAudience } from './proof-of-play.ts';

/** The audience of the play on screen: those who left during it, and those still there. */
export class PlayAudienceMeter {
  readonly #watcherMs: () => number;
  #item: string | null = null;
  #passersBy = 0;
  #watchers = 0;
  #people = 0;
  #attentionMs = 0;

  constructor(watcherMs: () => number) {
    this.#watcherMs = watcherMs;
  }

  /** @param item `<playlist>/<item>`; null where nothing is on screen that is counted */
  begin(item: string | null): void {
    this.#item = item;
    this.#passersBy = 0;
    this.#watchers = 0;
    this.#people = 0;
    this.#attentionMs = 0;
  }

  /** Somebody has left the picture, or the play is over. */
  add({ playAttentionMs, countedFor }: Person): void {
    this.#passersBy += 1;
    if (this.#item === null || playAttentionMs < this.#watcherMs()) return;
    this.#watchers += 1;
    this.#attentionMs += playAttentionMs;
    if (countedFor.has(this.#item)) return;
    this.#people += 1;
    countedFor.add(this.#item);
  }

  /** @param present those who are still there */
  end(present: readonly Person[]): PlayAudience {
    for (const person of present) this.add(person);
    return {
      passersBy: this.#passersBy,
      watchers: this.#watchers,
      people: this.#people,
      attentionMs: this.#attentionMs,
    };
  }
}
