import type { FailureReason, PlaylistItem } from '../../contract/signage.ts';
import { itemKey } from './media-health.ts';

/** An item as it was when it could not be shown. */
export interface FailingItem {
  readonly playlist: string;
  /** For the operator. */
  readonly playlistName: string;
  readonly item: PlaylistItem;
  readonly reason: FailureReason;
}

/** The items that could not be shown and have not been seen to be right again. */
export class FailingItems {
  readonly #failing = new Map<string, FailingItem>();
  readonly #onChange: (latest: FailingItem | null) => void;

  /** @param onChange with the one that failed last of those that are left; null = none is */
  constructor(onChange: (latest: FailingItem | null) => void) {
    this.#onChange = onChange;
  }

  add(failing: FailingItem): void {
    const key = itemKey(failing.playlist, failing.item.id);
    this.#failing.delete(key);
    this.#failing.set(key, failing);
    this.#onChange(failing);
  }

  /** It has been shown. */
  remove(playlist: string, item: string): void {
    if (this.#failing.delete(itemKey(playlist, item))) this.#tell();
  }

  /** Looks at each of them again. */
  keep(isFailing: (failing: FailingItem) => boolean): void {
    const before = this.#failing.size;
    for (const [key, failing] of this.#failing) if (!isFailing(failing)) this.#failing.delete(key);
    if (this.#failing.size < before) this.#tell();
  }

  #tell(): void {
    this.#onChange([...this.#failing.values()].at(-1) ?? null);
  }
}
