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

/**
 * @param playlists the playlist of each screen, by Electron's display id
 * @param main the display that the main window fills
 * @returns the other displays that are there and have something to play, as ids
 */
export function furtherScreens(
  displays: readonly Pick<DisplayFacts, 'id'>[],
  main: Pick<DisplayFacts, 'id'>,
  playlists: Readonly<Record<string, string>>,
): readonly string[] {
  return displays.filter(({ id }) => id !== main.id && playlists[String(id)] !== undefined).map(({ id }) => String(id));
}
