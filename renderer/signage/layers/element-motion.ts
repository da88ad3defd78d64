import type { Transition } from '../playback/layer.ts';

/** How far the item below moves while another slides over it: less than its whole width, so that no seam opens. */
const followedBy = '-30%';
const easing = 'cubic-bezier(0.4, 0, 0.2, 1)';

/**
 * Moves one layer's element. Only `opacity` and `transform` are animated, by animations that the compositor runs by
 * itself, so that a busy page does not make them stutter.
 */
export class ElementMotion {
  readonly #element: HTMLElement;
  #animation: Animation | null = null;

  constructor(element: HTMLElement) {
    this.#element = element;
    this.hide();
  }

  hide(): void {
    this.#end();
    this.#put('0', '0');
  }

  enter({ kind, ms }: Transition): void {
    this.#end();
    this.#put('3', '1');
    if (ms <= 0 || kind === 'cut') return;
    if (kind === 'fade') this.#animate([{ opacity: 0 }, { opacity: 1 }], ms);
    else this.#animate([{ transform: 'translateX(100%)' }, { transform: 'none' }], ms);
  }

  /** Stays fully visible: two layers that fade at once would let the ground shine through. */
  leave({ kind, ms }: Transition): void {
    this.#end();
    this.#put('2', '1');
    if (kind === 'slide' && ms > 0) {
      this.#animate([{ transform: 'none' }, { transform: `translateX(${followedBy})` }], ms);
    }
  }

  uncover(ms: number): void {
    this.#end();
    this.#put('2', '1');
    this.#animate([{ opacity: 1 }, { opacity: 0 }], ms);
  }

  #animate(frames: Keyframe[], ms: number): void {
    this.#animation = this.#element.animate(frames, { duration: ms, easing, fill: 'both' });
  }

  #put(order: string, opacity: string): void {
    this.#element.style.zIndex = order;
    this.#element.style.opacity = opacity;
  }

  #end(): void {
    this.#animation?.cancel();
    this.#animation = null;
  }
}
