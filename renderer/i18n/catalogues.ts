import type { Language } from '../../contract/settings.ts';
import { de } from './de.ts';
import { en, type Messages } from './en.ts';

/** A language that `contract/settings.ts` names but that has no catalogue here does not compile. */
export const catalogues: Readonly<Record<Language, Messages>> = { en, de };

/** BCP 47 tags for `Intl` and the page's `lang`. */
export const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };
