import type { Page } from '@playwright/test';
import type { FrameResult } from '../../../contract/frame-result.ts';
import type { KioskSnapshot, VitrineBridge } from '../../../contract/ipc.ts';
import type { PublicSettings } from '../../../contract/settings.ts';

/** What the page of the kiosk has: the bridge, and what these helpers leave there. */
interface KioskWindow {
  readonly vitrine: VitrineBridge;
  collected?: FrameResult[];
}

/** Enough for a minute and a half of the reel; the oldest are let go. */
const mostResults = 2500;
const lookEveryMs = 500;

/** Begins to keep the results that arrive in the page, exactly as the live view gets them. */
export async function collectResults(page: Page): Promise<void> {
  await page.evaluate((most) => {
    const kiosk = window as unknown as KioskWindow;
    const results: FrameResult[] = [];
    kiosk.collected = results;
    kiosk.vitrine.on('frame-result', (result) => {
      results.push(result);
      if (results.length > most) results.shift();
    });
  }, mostResults);
}

/** @returns the results kept so far */
export async function collectedResults(page: Page): Promise<readonly FrameResult[]> {
  return page.evaluate(() => (window as unknown as KioskWindow).collected ?? []);
}

/** @returns the last one of them; asking for all of them again and again would keep the machine from playing the reel */
export async function newestResult(page: Page): Promise<FrameResult | null> {
  return page.evaluate(() => (window as unknown as KioskWindow).collected?.at(-1) ?? null);
}

/**
 * Waits until the source has played to this point, or as long as there is time for: a machine that cannot decode in
 * real time leaves frames out.
 * @returns the results kept so far
 */
export async function watchUntil(page: Page, timeMs: number, atMostMs: number): Promise<readonly FrameResult[]> {
  const last = Date.now() + atMostMs;
  for (;;) {
    const newest = await newestResult(page);
    if ((newest?.timeMs ?? 0) > timeMs || Date.now() > last) return collectedResults(page);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** The state of the kiosk as the page may ask for it. */
export async function snapshotOf(page: Page): Promise<KioskSnapshot> {
  const outcome = await page.evaluate(() => (window as unknown as KioskWindow).vitrine.request('kiosk:snapshot'));
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

/** Saves settings through the bridge, as the set-up screen does. */
export async function saveSettings(page: Page, change: Partial<PublicSettings>): Promise<PublicSettings> {
  const { settings } = await snapshotOf(page);
  const wanted = { ...settings, ...change };
  const outcome = await page.evaluate(
    (value) => (window as unknown as KioskWindow).vitrine.request('settings:save', value),
    wanted,
  );
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}
