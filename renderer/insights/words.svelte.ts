import { i18n } from '../i18n/i18n.svelte.ts';
import type { Words } from './model/chart-view.ts';
import { FigureText } from './model/figures.ts';

/** What the page writes its figures with, in the language of the moment. */
class InsightsWords {
  readonly current: Words = $derived({ m: i18n.m, text: new FigureText(i18n.locale, i18n.m.insights) });
}

export const words = new InsightsWords();
