import { type AttributeName, attributeNames } from '../../../contract/attributes.ts';
import type { Size } from '../layout/rectangles.ts';

/** From the roomiest to the shortest. */
export const cardForms = ['full', 'compact', 'mini'] as const;
export type CardForm = (typeof cardForms)[number];
/** How long and how large all cards are at the moment. */
export interface CardLevel {
  readonly form: CardForm;
  /** Factor on the sizes below. */
  readonly scale: number;
}

/** Beside their faces cards have their plain size; each level covers less of the picture than the one before. */
export const levelsBeside: readonly CardLevel[] = cardForms.map((form) => ({ form, scale: 1 }));

/** In a roster cards cover nothing and may fill the room they have. */
export const levelsInRoster: readonly CardLevel[] = [
  { form: 'full', scale: 1.4 },
  { form: 'full', scale: 1 },
  { form: 'compact', scale: 1.25 },
  { form: 'compact', scale: 1 },
  { form: 'mini', scale: 1.2 },
  { form: 'mini', scale: 1 },
];

/** A face that has never been read has only a line that says why. */
export type FaceForm = CardForm | 'note' | 'short-note';

/** @param form the form of all cards at the moment */
export function faceForm(form: CardForm, hasReading: boolean): FaceForm {
  if (hasReading || form === 'mini') return form;
  return form === 'full' ? 'note' : 'short-note';
}

const facts: readonly AttributeName[] = ['expression', 'glasses', 'eyeMakeup', 'lipMakeup'];
const bars: readonly AttributeName[] = ['smile', 'beard', 'moustache', 'sideburns'];

/**
 * The size of a card in rem, known before it is drawn: the layout needs it, and a card never changes its size with
 * what it says. The style sheet of `face-card.svelte` fills exactly this box.
 */
export function cardSizeRem(form: FaceForm, switches: Readonly<Record<AttributeName, boolean>>): Size {
  const shown = (names: readonly AttributeName[]) => names.filter((name) => switches[name]).length;
  const rows = (names: readonly AttributeName[]) => Math.ceil(shown(names) / 2);
  if (form === 'mini') return { width: 6.4, height: 2 };
  if (form === 'note') return { width: 13.5, height: 2 };
  if (form === 'short-note') return { width: 8, height: 2 };
  if (form === 'compact')
    return { width: 10.4, height: 0.9 + 1.7 + (shown(facts) > 0 ? 1.75 : 0) + (shown(bars) > 0 ? 1.75 : 0) };
  const body = rows(facts) * 2.1 + rows(bars) * 2.5;
  return { width: 19.25, height: 1.3 + 2.3 + (body > 0 ? body + 0.5 : 0) };
}

/** Every attribute on: the largest a card can be. */
export const everythingShown = Object.fromEntries(attributeNames.map((name) => [name, true])) as Record<
  AttributeName,
  boolean
>;
