import type { Language } from '../../contract/settings.ts';
import { catalogues, locales } from './catalogues.ts';
import { createFormatters } from './formatters.ts';

/** The language of the page: components read `i18n.m` for texts and `i18n.format` for numbers. */
class I18n {
  language = $state<Language>('en');
  readonly m = $derived(catalogues[this.language]);
  readonly locale = $derived(locales[this.language]);
  readonly format = $derived(createFormatters(this.locale));
}

export const i18n = new I18n();
