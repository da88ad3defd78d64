/**
 * Starts the kiosk on the demo reel, waits for a moment when several people stand before it and have been read, and
 * writes the screen to docs/screenshot.jpg (landscape; with `--portrait` to docs/screenshot-portrait.jpg).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KioskHome, launchKiosk } from '../../tests/e2e/support/kiosk.ts';
import { collectResults, newestResult } from '../../tests/e2e/support/page-results.ts';
import { repository } from '../../tests/support/shared.ts';

/** When five people stand there, of whom all have been in view for seconds (resources/demo/reel.json). */
const from = 26_500;
const to = 30_500;
const mostBytes = 300_000;
const lookEveryMs = 100;
/** After that any moment will do in which a few people have been read: a slow machine plays the reel slowly. */
const patienceMs = 300_000;
const longestMs = 400_000;

const portrait = process.argv.includes('--portrait');
const home = new KioskHome();
const kiosk = await launchKiosk({ home, windowed: false });
try {
  await kiosk.page.setViewportSize(portrait ? { width: 1080, height: 1920 } : { width: 1920, height: 1080 });
  await collectResults(kiosk.page);
  const started = Date.now();
  for (;;) {
    const result = await newestResult(kiosk.page);
    const read = result?.faces.filter((face) => (face.attributes?.readings ?? 0) >= 5).length ?? 0;
    const moment = (result?.timeMs ?? 0) % 60_000;
    if (moment >= from && moment <= to && read >= 4) break;
    const waitedMs = Date.now() - started;
    if (waitedMs > patienceMs && read >= 3) break;
    if (waitedMs > longestMs) throw new Error('the demo reel did not come to the moment that is wanted');
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  let quality = 85;
  let picture = await kiosk.page.screenshot({ type: 'jpeg', quality });
  while (picture.length > mostBytes && quality > 40) {
    quality -= 10;
    picture = await kiosk.page.screenshot({ type: 'jpeg', quality });
  }
  const file = join(repository, 'docs', portrait ? 'screenshot-portrait.jpg' : 'screenshot.jpg');
  writeFileSync(file, picture);
  console.log(`${file}: ${Math.round(picture.length / 1000)} KB, JPEG quality ${quality}`);
} finally {
  await kiosk.kill();
  home.remove();
}
