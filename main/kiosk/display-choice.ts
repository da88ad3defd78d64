import type { DisplayInfo } from '../../contract/ipc.ts';

/** What is needed of Electron's `Display`. */
export interface DisplayFacts {
  readonly id: number;
  readonly label: string;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** The display the operator chose; the primary one when none was, or while the chosen one is not plugged in. */
export function chooseDisplay<Display extends DisplayFacts>(
  displays: readonly Display[],
  primary: Display,
  chosenId: string | null,
): Display {
  return displays.find((display) => String(display.id) === chosenId) ?? primary;
}

/** The list for the set-up. Displays without a name of their own are numbered. */
export function describeDisplays(displays: readonly DisplayFacts[], primary: DisplayFacts): DisplayInfo[] {
  return displays.map((display, index) => ({
    id: String(display.id),
    label: display.label || `${index + 1}`,
    width: display.bounds.width,
    height: display.bounds.height,
    primary: display.id === primary.id,
  }));
}
