/** Writes docs/insights.jpg (made-up figures), docs/stage.jpg and docs/stage-portrait.jpg: `npm run screenshot -- --pages`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { KioskHome, launchKiosk, type RunningKiosk } from '../../tests/e2e/support/kiosk.ts';
import { choosePin } from '../../tests/e2e/support/set-up.ts';
import { installPlaylist } from '../../tests/e2e/support/signage-files.ts';
import { seedStatistics } from '../../tests/support/seeded-statistics.ts';
import { repository } from '../../tests/support/shared.ts';

const landscape = { width: 1920, height: 1080 };
const portrait = { width: 1080, height: 1920 };

async function save(page: Page, name: string): Promise<void> {
  const picture = await page.screenshot({ type: 'jpeg', quality: 80 });
  writeFileSync(join(repository, 'docs', name), picture);
  console.log(`docs/${name}: ${Math.round(picture.length / 1000)} KB`);
}

async function withKiosk(prepare: (home: KioskHome) => void, work: (kiosk: RunningKiosk) => Promise<void>) {
  const home = new KioskHome();
  prepare(home);
  const kiosk = await launchKiosk({ home, windowed: false });
  try {
    await kiosk.page.setViewportSize(landscape);
    await work(kiosk);
  } finally {
    await kiosk.kill();
    home.remove();
  }
}

await withKiosk(
  (home) => seedStatistics({ folder: home.data, days: 70, visitsPerDay: 420, nowMs: Date.now() }),
  async ({ page }) => {
    await choosePin(page);
    const pages = page.getByRole('navigation', { name: 'Pages behind the PIN' });
    await pages.getByRole('button', { name: 'Insights' }).click();
    await page.getByRole('list', { name: 'Headline figures' }).waitFor();
    await page.waitForTimeout(1500);
    await save(page, 'insights.jpg');
  },
);
for (const [size, drawing, name] of [
  [landscape, 'poster.svg', 'stage.jpg'],
  [portrait, 'poster-portrait.svg', 'stage-portrait.jpg'],
] as const) {
  await withKiosk(
    (home) =>
      installPlaylist(
        home,
        [{ id: 'spring', kind: 'image', file: 'spring.svg', durationMs: 600_000, fit: 'cover' }],
        { 'spring.svg': readFileSync(join(import.meta.dirname, drawing), 'utf8') },
        {
          liveView: { place: 'corner', corner: 'top-right' },
          notice: { show: 'interval', everyMinutes: 1, forSeconds: 40 },
        },
      ),
    async ({ page }) => {
      await page.setViewportSize(size);
      await page.locator('.layer[data-shown]').waitFor({ state: 'attached' });
      await page.waitForTimeout(26_000);
      await save(page, name);
    },
  );
}
