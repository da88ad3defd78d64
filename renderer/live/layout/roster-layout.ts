import type { Box } from '../../../contract/geometry.ts';
import type { Size } from './rectangles.ts';

/** Keeps people in their slot of a fixed grid while they are in view; a newcomer takes the first free one. */
export class RosterSlots {
  readonly #slots: (number | null)[] = [];

  /** @returns the slot of every id */
  assign(ids: readonly number[]): ReadonlyMap<number, number> {
    const present = new Set(ids);
    this.#slots.forEach((id, slot) => {
      if (id !== null && !present.has(id)) this.#slots[slot] = null;
    });
    for (const id of ids) if (!this.#slots.includes(id)) this.#place(id);
    while (this.#slots.length > 0 && this.#slots.at(-1) === null) this.#slots.pop();
    return new Map(this.#slots.flatMap((id, slot) => (id === null ? [] : [[id, slot] as const])));
  }

  /** Closes gaps, keeping the order: done when the cards change their form and all move anyway. */
  compact(): void {
    const kept = this.#slots.filter((id) => id !== null);
    this.#slots.length = 0;
    this.#slots.push(...kept);
  }

  #place(id: number): void {
    const free = this.#slots.indexOf(null);
    if (free >= 0) this.#slots[free] = id;
    else this.#slots.push(id);
  }
}

export interface RosterGrid {
  readonly columns: number;
  readonly rows: number;
  readonly capacity: number;
}

export function rosterGrid(region: Box, card: Size, gap: number): RosterGrid {
  const columns = Math.max(1, Math.floor((region.width + gap) / (card.width + gap)));
  const rows = Math.max(0, Math.floor((region.height + gap) / (card.height + gap)));
  return { columns, rows, capacity: columns * rows };
}

/** The box of a slot, row by row from the upper left; the columns move apart a little to use the width. */
export function slotBox(slot: number, grid: RosterGrid, region: Box, card: Size, gap: number): Box {
  const column = slot % grid.columns;
  const row = Math.floor(slot / grid.columns);
  const spare = region.width - grid.columns * card.width - (grid.columns - 1) * gap;
  const spread = grid.columns > 1 ? Math.min(gap, spare / (grid.columns - 1)) : 0;
  return {
    x: Math.round(region.x + column * (card.width + gap + spread)),
    y: Math.round(region.y + row * (card.height + gap)),
    width: card.width,
    height: card.height,
  };
}
