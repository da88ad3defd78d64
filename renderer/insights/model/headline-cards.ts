import type { Headline, HeadlineName } from '../../../contract/insights.ts';

export interface HeadlineCard {
  readonly headline: Headline;
  /** Stands below a mean. */
  readonly median: Headline | undefined;
}

const shown: readonly (readonly [HeadlineName, HeadlineName?])[] = [
  ['passersBy'],
  ['watchers'],
  ['watchRate'],
  ['meanDwellMs', 'medianDwellMs'],
  ['meanAttentionMs', 'medianAttentionMs'],
  ['attentionRatio'],
];

/** The headlines as they stand on the page: a mean and its median together. */
export function cardsOf(headlines: readonly Headline[]): readonly HeadlineCard[] {
  const named = (name: HeadlineName | undefined) => headlines.find((headline) => headline.name === name);
  return shown.flatMap(([name, median]) => {
    const headline = named(name);
    return headline ? [{ headline, median: named(median) }] : [];
  });
}
