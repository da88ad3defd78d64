import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsSchema } from '../../../contract/settings.ts';
import { type Playlist, type PlaylistItem, playlistSchema } from '../../../contract/signage.ts';
import { writeVideo } from '../../../scripts/demo-reel/write-video.ts';
import type { KioskHome } from './kiosk.ts';

export const testPlaylist = 'window';

/** A picture of one colour, so that a look at the screen tells which item is on it. */
export function colourSlide(colour: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720"><rect width="1280" height="720" fill="${colour}"/></svg>`;
}

/** A film of one colour, 640x360. */
export async function writeFilm(path: string, seconds: number, [red, green, blue]: readonly [number, number, number]) {
  const picture = new Uint8Array(640 * 360 * 3);
  for (let i = 0; i < picture.length; i += 3) picture.set([red, green, blue], i);
  function* pictures() {
    for (let frame = 0; frame < seconds * 25; frame++) yield picture;
  }
  await writeVideo(
    path,
    { width: 640, height: 360, framesPerSecond: 25, preset: 'ultrafast', quality: 20 },
    pictures(),
  );
}

type ItemSketch = Partial<PlaylistItem> & Pick<PlaylistItem, 'kind' | 'id'>;
type Files = Readonly<Record<string, string | Uint8Array>>;

/** Puts a playlist with its media into the data folder. */
export function addPlaylist(home: KioskHome, id: string, items: readonly ItemSketch[], files: Files): Playlist {
  const media = join(home.data, 'playlists', id, 'media');
  mkdirSync(media, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(media, name, '..'), { recursive: true });
    writeFileSync(join(media, name), content);
  }
  const playlist = playlistSchema.parse({
    name: id === testPlaylist ? 'Window' : id,
    leastShowMs: 1000,
    items: items.map((item) => ({ name: item.id, transition: { kind: 'cut' }, ...item })),
  });
  writeFileSync(join(media, '..', 'playlist.json'), JSON.stringify(playlist));
  return playlist;
}

/** Puts a playlist into the data folder and has the main screen play it, as if an operator had done so. */
export function installPlaylist(
  home: KioskHome,
  items: readonly ItemSketch[],
  files: Files,
  signage: Readonly<Record<string, unknown>> = {},
): Playlist {
  const playlist = addPlaylist(home, testPlaylist, items, files);
  const settings = settingsSchema.parse({
    signage: { mode: 'stage', screens: { main: testPlaylist }, ...signage },
  });
  home.writeData('settings.json', JSON.stringify(settings));
  return playlist;
}

/** The folder of the playlist's media. */
export function mediaFolder(home: KioskHome): string {
  const folder = join(home.data, 'playlists', testPlaylist, 'media');
  mkdirSync(folder, { recursive: true });
  return folder;
}
