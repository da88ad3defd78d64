import { getContext, setContext } from 'svelte';

const key = Symbol('the length that charts measure by');

/** One rem of the screen, px: it grows with the window (theme.css). */
class ScreenUnit {
  px = $state(this.#read());

  constructor() {
    window.addEventListener('resize', () => {
      this.px = this.#read();
    });
  }

  #read(): number {
    return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  }
}

let screen: ScreenUnit | null = null;

/** For paper, where one rem has nothing to do with a window. Inside, `--unit` has to be the same in CSS. */
export function useFixedUnit(px: number): void {
  setContext(key, () => px);
}

/** @returns the length in px that a chart multiplies its margins with */
export function chartUnit(): () => number {
  const fixed = getContext<(() => number) | undefined>(key);
  if (fixed) return fixed;
  screen ??= new ScreenUnit();
  const unit = screen;
  return () => unit.px;
}
