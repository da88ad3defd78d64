import { dropPlace, lineIndex } from './model/drop-place.ts';

/** Rows of a list moved by mouse, pen or finger on a handle of each. The keyboard has buttons of its own. */
export class RowDrag {
  /** Place of the row that is moved, or null. */
  from = $state<number | null>(null);
  #to = $state(0);
  /** Where the line that shows its new place is drawn: above the row with this index, or below the last one. */
  readonly line = $derived(this.from === null || this.#to === this.from ? null : lineIndex(this.from, this.#to));
  readonly #rows: () => readonly Element[];
  readonly #moved: (from: number, to: number) => void;
  #middles: readonly number[] = [];

  constructor(rows: () => readonly Element[], moved: (from: number, to: number) => void) {
    this.#rows = rows;
    this.#moved = moved;
  }

  /** On the handle of the row at that place. */
  start(event: PointerEvent, place: number): void {
    if (event.button !== 0) return;
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
    // In the page, not in the window: the list may be scrolled on the way.
    this.#middles = this.#rows().map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2 + this.#scrolled(handle);
    });
    this.from = place;
    this.#to = place;
  }

  move(event: PointerEvent): void {
    if (this.from === null) return;
    const handle = event.currentTarget as HTMLElement;
    this.#to = dropPlace(this.#middles, this.from, event.clientY + this.#scrolled(handle));
  }

  drop(): void {
    const { from } = this;
    this.from = null;
    if (from !== null && this.#to !== from) this.#moved(from, this.#to);
  }

  /** Nothing is moved. */
  cancel(): void {
    this.from = null;
  }

  /** How far everything around an element is scrolled down, px. */
  #scrolled(element: Element): number {
    let sum = 0;
    for (let around = element.parentElement; around !== null; around = around.parentElement) sum += around.scrollTop;
    return sum;
  }
}
