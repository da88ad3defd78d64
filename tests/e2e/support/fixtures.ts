import { test as base } from '@playwright/test';
import { KioskHome, type LaunchOptions, launchKiosk, type RunningKiosk } from './kiosk.ts';

interface Fixtures {
  /** Starts a kiosk; all of them are ended and their folders removed after the test, however it ends. */
  readonly launch: (options?: LaunchOptions) => Promise<RunningKiosk>;
  /** A home for a kiosk that the test prepares before it starts one. */
  readonly home: KioskHome;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern.
  home: async ({}, use) => {
    const home = new KioskHome();
    await use(home);
    home.remove();
  },
  launch: async ({ home }, use, info) => {
    const started: RunningKiosk[] = [];
    await use(async (options = {}) => {
      const kiosk = await launchKiosk({ home, ...options });
      started.push(kiosk);
      return kiosk;
    });
    for (const kiosk of started) await kiosk.kill();
    if (info.status !== info.expectedStatus) {
      await info.attach('log', { body: home.log(), contentType: 'text/plain' });
      for (const kiosk of started) await info.attach('output', { body: kiosk.output(), contentType: 'text/plain' });
    }
  },
});

export { expect } from '@playwright/test';
