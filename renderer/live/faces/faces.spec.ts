import { describe, expect, it } from 'vitest';
import type { FusedAttributes } from '../../../contract/attributes.ts';
import { de } from '../../i18n/de.ts';
import { en } from '../../i18n/en.ts';
import { createFormatters } from '../../i18n/formatters.ts';
import { cardContent, readabilityNote } from './card-content.ts';
import { cardSizeRem, everythingShown } from './card-size.ts';
import { sameAttributes, shownAttributes } from './shown-attributes.ts';

const sure = <Value>(value: Value) => ({ value, confidence: 0.9 });
const unsure = { value: null, confidence: 0.3 };
const fused: FusedAttributes = {
  readings: 5,
  combined: {
    age: { years: 31.4, spread: 4.2 },
    gender: { female: 0.97 },
    smile: 0.6,
    expression: { neutral: 0, happiness: 1, surprise: 0, sadness: 0, anger: 0, disgust: 0, fear: 0, contempt: 0 },
    glasses: { none: 1, glasses: 0, sunglasses: 0 },
    eyeMakeup: 0.9,
    lipMakeup: 0.5,
    beard: 0,
    moustache: 0,
    sideburns: 0,
  },
  age: sure({ years: 31.4, spread: 4.2, band: '25-34' as const }),
  gender: sure('female' as const),
  smile: sure(0.6),
  expression: sure('happiness' as const),
  glasses: sure('none' as const),
  eyeMakeup: sure(true),
  lipMakeup: unsure,
  beard: sure(0),
  moustache: sure(0),
  sideburns: unsure,
};
const english = createFormatters('en-GB');

describe('shownAttributes', () => {
  it('holds numbers still while they tremble, and follows real changes', () => {
    const first = shownAttributes(fused, null);
    const trembling = { ...fused, smile: sure(0.62), age: sure({ years: 31.9, spread: 4.4, band: '25-34' as const }) };
    expect(sameAttributes(first, shownAttributes(trembling, first))).toBe(true);
    const smiling = shownAttributes({ ...fused, smile: sure(0.9) }, first);
    expect(smiling.smile).toBe(0.9);
    expect(sameAttributes(first, smiling)).toBe(false);
  });

  it('keeps unsure apart from zero', () => {
    const shown = shownAttributes(fused, null);
    expect(shown.sideburns).toBeNull();
    expect(shown.beard).toBe(0);
  });

  it('notices an age that becomes unsure', () => {
    const first = shownAttributes(fused, null);
    expect(sameAttributes(first, shownAttributes({ ...fused, age: unsure }, first))).toBe(false);
  });
});

describe('cardContent', () => {
  const content = cardContent(shownAttributes(fused, null), everythingShown, en, english);

  it('says all ten attributes', () => {
    expect(content.gender?.text).toBe('Female');
    expect(content.age?.text).toBe('31 ± 4');
    expect(content.facts.map((cell) => cell.text)).toEqual(['Happy', 'No glasses', 'Make-up', 'unsure']);
    expect(content.bars.map((cell) => cell.attribute)).toEqual(['smile', 'beard', 'moustache', 'sideburns']);
  });

  it('shows unsure as such, without a bar', () => {
    const sideburns = content.bars.at(-1);
    expect(sideburns).toMatchObject({ unsure: true, fraction: null, text: 'unsure' });
  });

  it('leaves out what is switched off', () => {
    const some = cardContent(
      shownAttributes(fused, null),
      { ...everythingShown, age: false, expression: false, beard: false },
      en,
      english,
    );
    expect(some.age).toBeNull();
    expect([...some.facts, ...some.bars].map((cell) => cell.attribute)).not.toContain('expression');
    expect(some.bars).toHaveLength(3);
  });

  it('speaks German', () => {
    const german = cardContent(shownAttributes(fused, null), everythingShown, de, createFormatters('de-DE'));
    expect(german.gender?.text).toBe('Weiblich');
    expect(german.age?.spoken).toContain('31 Jahre');
  });
});

describe('readabilityNote', () => {
  it('says why a face is not read, but not that a face already read waits for its next turn', () => {
    expect(readabilityNote('too-small', false, en)).toBe('Too far away to read');
    expect(readabilityNote('waiting', false, en)).not.toBe('');
    expect(readabilityNote('waiting', true, en)).toBe('');
    expect(readabilityNote('turned-away', true, en)).toBe('Turned away');
  });
});

describe('cardSizeRem', () => {
  it('shrinks from form to form and with what is switched off', () => {
    const area = (size: { width: number; height: number }) => size.width * size.height;
    const sizes = (['full', 'compact', 'mini'] as const).map((form) => area(cardSizeRem(form, everythingShown)));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    const fewer = { ...everythingShown, beard: false, moustache: false };
    expect(cardSizeRem('full', fewer).height).toBeLessThan(cardSizeRem('full', everythingShown).height);
  });
});
