import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The faults axe finds in what is on screen, short enough to read in a report. */
export async function faults(page: Page): Promise<string[]> {
  // Legacy mode: the other one opens a second page, which an Electron window cannot.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target).join('; ')})`);
}
