export const shortestPin = 4;
export const longestPin = 12;

/** Digits only, never more than a PIN can have; whatever else was typed or pasted is left out. */
export function cleanPin(typed: string): string {
  return typed.replace(/\D/g, '').slice(0, longestPin);
}

export type PinPurpose = 'enter' | 'choose';

/** Where the dialogue about the PIN stands. */
export type PinStep =
  | { readonly step: 'enter' }
  | { readonly step: 'choose' }
  | { readonly step: 'repeat'; readonly first: string };

export type PinAnswer =
  | { readonly kind: 'ask'; readonly next: PinStep; readonly complaint: 'different' | 'too-short' | null }
  | { readonly kind: 'try'; readonly pin: string }
  | { readonly kind: 'chosen'; readonly pin: string };

/** What follows when the operator confirms what was typed. A new PIN is typed twice, because nobody sees it. */
export function confirmPin(now: PinStep, pin: string): PinAnswer {
  if (pin.length < shortestPin) return { kind: 'ask', next: now, complaint: 'too-short' };
  if (now.step === 'enter') return { kind: 'try', pin };
  if (now.step === 'choose') return { kind: 'ask', next: { step: 'repeat', first: pin }, complaint: null };
  if (now.first !== pin) return { kind: 'ask', next: { step: 'choose' }, complaint: 'different' };
  return { kind: 'chosen', pin };
}
