import type { ElectronApplication } from '@playwright/test';

export async function crashPage(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
}

/**
 * Playwright's page is gone with a crash, so main is asked about the page that came after it.
 *
 * @returns whether an element is in the page; false while there is no page to ask
 */
export async function isOnPage(app: ElectronApplication, selector: string): Promise<boolean> {
  return app.evaluate(async ({ BrowserWindow }, sought) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents || contents.isCrashed() || contents.isLoading()) return false;
    // A page that is replaced at this moment never answers.
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), 2_000));
    return Promise.race([
      contents.executeJavaScript(`document.querySelector(${JSON.stringify(sought)}) !== null`),
      late,
    ]);
  }, selector);
}
