import { join } from 'node:path';
import { audienceRuleSchema } from '../../contract/signage-rules.ts';
import type { KioskHome } from '../../tests/e2e/support/kiosk.ts';
import { colourSlide, installPlaylist, mediaFolder, writeFilm } from '../../tests/e2e/support/signage-files.ts';
import { paint, pngOf } from '../../tests/support/make-media.ts';

const seconds = 1000;

const page = `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #0b3b36 } div { width: 40vw; height: 40vh; background: #63d6c3; animation: go 1s infinite alternate }
@keyframes go { to { transform: translateX(60vw) } }
</style><div></div><script>
let shown = 0;
addEventListener('message', () => { document.title = String(++shown); });
setInterval(() => document.body.append(document.createTextNode('.')), 100);
</script>`;

/** Somebody is there, and has been for a moment; fires again as soon as it may. */
const somebody = (count: number, coolDownMs: number) =>
  audienceRuleSchema.parse({
    when: {
      kind: 'group',
      match: 'all',
      conditions: [
        { kind: 'count', of: 'passers-by', compare: 'at-least', count, window: { overMs: 500, how: 'hold' } },
      ],
    },
    holdMs: 200,
    minShowMs: seconds,
    coolDownMs,
  });

/**
 * A playlist in which something changes every second or two: pictures of three kinds, films that end, repeat and are
 * cut, a page with a script, all transitions, and two rules that the people of the demo reel set off again and again.
 */
export async function installBusyPlaylist(home: KioskHome): Promise<void> {
  const media = mediaFolder(home);
  await writeFilm(join(media, 'blue.mp4'), 2, [20, 60, 200]);
  await writeFilm(join(media, 'green.mp4'), 1, [20, 160, 60]);
  const photo = pngOf(
    paint(1600, 900, (x, y) => [x % 256, y % 256, (x + y) % 256]),
    1600,
    900,
  );
  const fade = { kind: 'fade', ms: 300 } as const;
  const slide = { kind: 'slide', ms: 300 } as const;
  installPlaylist(
    home,
    [
      { id: 'red', kind: 'image', file: 'red.svg', durationMs: seconds },
      { id: 'photo', kind: 'image', file: 'photo.png', durationMs: seconds, fit: 'cover', transition: fade },
      { id: 'film', kind: 'video', file: 'blue.mp4', transition: fade },
      { id: 'page', kind: 'html', folder: 'page', durationMs: 2 * seconds, transition: fade },
      { id: 'cut-film', kind: 'video', file: 'blue.mp4', durationMs: seconds, volume: 0.3, transition: slide },
      { id: 'repeated-film', kind: 'video', file: 'green.mp4', durationMs: 2 * seconds, volume: 0.3, transition: fade },
      { id: 'yellow', kind: 'image', file: 'yellow.svg', durationMs: seconds, transition: slide },
      {
        id: 'somebody',
        kind: 'image',
        file: 'somebody.svg',
        durationMs: 2 * seconds,
        transition: fade,
        audience: somebody(1, 4 * seconds),
      },
      { id: 'crowd', kind: 'html', folder: 'page', durationMs: 2 * seconds, audience: somebody(2, 8 * seconds) },
    ],
    {
      'red.svg': colourSlide('#b01030'),
      'yellow.svg': colourSlide('#d0a010'),
      'somebody.svg': colourSlide('#503090'),
      'photo.png': photo,
      'page/index.html': page,
    },
    {
      liveView: { place: 'corner', corner: 'bottom-right' },
      notice: { show: 'interval', everyMinutes: 1, forSeconds: 5 },
    },
  );
}
