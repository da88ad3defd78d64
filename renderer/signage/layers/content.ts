import type { StageItem } from '../../../contract/signage.ts';
import type { LayerEvents } from '../playback/layer.ts';

/** What fills a layer: a picture, a film or a page. Calls after `release` come to nothing. */
export interface Content {
  prepare(item: StageItem, offsetMs: number, events: LayerEvents): void;
  play(): void;
  /** Goes silent, over so long a time. */
  fadeSound(ms: number): void;
  /** How far it has played, ms; null where that says nothing. */
  position(): number | null;
  /** Lets go of what it holds in memory. */
  release(): void;
}

const objectFits = { contain: 'contain', cover: 'cover', stretch: 'fill' } as const;

/** The CSS word for how an item fills its layer. */
export function objectFit(item: StageItem): string {
  return objectFits[item.fit];
}
