import { buildWhenChanged } from '../../../scripts/setup/build.mjs';
import { hasDisplay, useVirtualDisplay } from '../../../scripts/setup/display.mjs';
import { prepareElectron } from '../../../scripts/setup/prepare.mjs';

/** So that `npx playwright test` alone works too: `npm test` has done all of this already. */
export default async function globalSetup(): Promise<(() => void) | undefined> {
  if (process.env.VITRINE_ELECTRON) return undefined;
  await prepareElectron();
  await buildWhenChanged();
  return hasDisplay() ? undefined : await useVirtualDisplay();
}
