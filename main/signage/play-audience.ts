import type { Person } from './people.ts';
import type { PlayAudience } from './proof-of-play.ts';

/** The audience of the play on screen: those who left during it, and those still there. */
export class PlayAudienceMeter {
  readonly #watcherMs: () => number;
  #passersBy = 0;
  #watchers = 0;
  #attentionMs = 0;

  constructor(watcherMs: () => number) {
    this.#watcherMs = watcherMs;
  }

  begin(): void {
    this.#passersBy = 0;
    this.#watchers = 0;
    this.#attentionMs = 0;
  }

  /** Somebody has left the picture, or the play is over. */
  add({ playAttentionMs }: Person): void {
    this.#passersBy += 1;
    if (playAttentionMs < this.#watcherMs()) return;
    this.#watchers += 1;
    this.#attentionMs += playAttentionMs;
  }

  /** @param present those who are still there */
  end(present: readonly Person[]): PlayAudience {
    for (const person of present) this.add(person);
    return { passersBy: this.#passersBy, watchers: this.#watchers, attentionMs: this.#attentionMs };
  }
}
