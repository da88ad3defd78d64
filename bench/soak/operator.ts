import type { Page } from '@playwright/test';
import { saveSettings, snapshotOf } from '../../tests/e2e/support/page-results.ts';
import { choosePin, openSetup, pin, typePin } from '../../tests/e2e/support/set-up.ts';

const sections = ['Source', 'Picture', 'Attributes', 'Signage', 'Privacy', 'Display', 'What is stored', 'About'];

/** Somebody who comes again and again, looks at every page behind the PIN, saves, and leaves. */
export class Operator {
  readonly #page: Page;
  #hasPin = false;

  constructor(page: Page) {
    this.#page = page;
  }

  async comeAndGo(): Promise<void> {
    const page = this.#page;
    if (this.#hasPin) {
      await openSetup(page);
      await typePin(page, pin);
    } else await choosePin(page);
    this.#hasPin = true;
    const nav = page.getByRole('navigation', { name: 'Sections' });
    for (const name of sections) await nav.getByRole('button', { name, exact: true }).click();
    await this.#save();
    await page
      .getByRole('navigation', { name: 'Pages behind the PIN' })
      .getByRole('button', { name: 'Insights' })
      .click();
    await page.getByRole('heading', { name: 'Insights', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Insights', exact: true }).waitFor({ state: 'detached' });
  }

  /** Another corner for the live view each time: what is saved reaches every part of the application. */
  async #save(): Promise<void> {
    const { settings } = await snapshotOf(this.#page);
    const corner = settings.signage.liveView.corner === 'bottom-right' ? 'top-left' : 'bottom-right';
    await saveSettings(this.#page, { signage: { ...settings.signage, liveView: { place: 'corner', corner } } });
  }
}
