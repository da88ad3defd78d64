import type { AttributeName } from '../../../contract/attributes.ts';
import type { Readability } from '../../../contract/frame-result.ts';
import type { Messages } from '../../i18n/en.ts';
import type { Formatters } from '../../i18n/formatters.ts';
import type { IconName } from '../../ui/icon-paths.ts';
import type { ShownAttributes } from './shown-attributes.ts';

/** One attribute on a card. */
export interface CardCell {
  readonly attribute: AttributeName;
  readonly icon: IconName;
  readonly label: string;
  /** Said in words; for a bar this is what a screen reader says. */
  readonly text: string;
  /** 0..1 for attributes shown as bars, else null. */
  readonly fraction: number | null;
  readonly unsure: boolean;
  /** The answer is "there is none" (no glasses, no make-up): drawn quieter. */
  readonly quiet: boolean;
}

export interface CardContent {
  readonly gender: { readonly icon: IconName; readonly text: string; readonly unsure: boolean } | null;
  readonly age: {
    readonly text: string;
    /** Without the spread, for the shortest card. */
    readonly short: string;
    readonly spoken: string;
    readonly unsure: boolean;
  } | null;
  readonly facts: readonly CardCell[];
  readonly bars: readonly CardCell[];
}

export type ShownSwitches = Readonly<Record<AttributeName, boolean>>;

/** What stands on the card of a face that has been read. */
export function cardContent(
  shown: ShownAttributes,
  switches: ShownSwitches,
  m: Messages,
  format: Formatters,
): CardContent {
  const fact = (attribute: AttributeName, icon: IconName, text: string | null, quiet = false): CardCell => ({
    attribute,
    icon,
    label: m.attribute[attribute],
    text: text ?? m.unsure,
    fraction: null,
    unsure: text === null,
    quiet,
  });
  const bar = (attribute: 'smile' | 'beard' | 'moustache' | 'sideburns'): CardCell => {
    const value = shown[attribute];
    return {
      attribute,
      icon: attribute,
      label: m.attribute[attribute],
      text: value === null ? m.unsure : m.live.percent(format.percent(value)),
      fraction: value,
      unsure: value === null,
      quiet: value !== null && value < 0.05,
    };
  };
  const answer = (value: boolean | null) => (value === null ? null : value ? m.makeup.yes : m.makeup.no);
  const glassesIcon = shown.glasses === 'none' ? 'noGlasses' : (shown.glasses ?? 'glasses');
  const facts = [
    fact('expression', shown.expression ?? 'neutral', shown.expression && m.expression[shown.expression]),
    fact('glasses', glassesIcon, shown.glasses && m.glasses[shown.glasses], shown.glasses === 'none'),
    fact('eyeMakeup', 'eyeMakeup', answer(shown.eyeMakeup), shown.eyeMakeup === false),
    fact('lipMakeup', 'lipMakeup', answer(shown.lipMakeup), shown.lipMakeup === false),
  ];
  const bars = [bar('smile'), bar('beard'), bar('moustache'), bar('sideburns')];
  return {
    gender: switches.gender
      ? {
          icon: shown.gender ?? 'person',
          text: shown.gender ? m.gender[shown.gender] : m.unsure,
          unsure: shown.gender === null,
        }
      : null,
    age: switches.age ? ageText(shown.age, m, format) : null,
    facts: facts.filter((cell) => switches[cell.attribute]),
    bars: bars.filter((cell) => switches[cell.attribute]),
  };
}

function ageText(age: ShownAttributes['age'], m: Messages, format: Formatters): CardContent['age'] {
  if (age === null) return { text: m.live.ageUnsure, short: '?', spoken: m.live.ageUnsure, unsure: true };
  const years = format.integer(age.years);
  const spread = format.integer(Math.max(1, age.spread));
  return { text: m.live.years(years, spread), short: years, spoken: m.live.yearsLong(years, spread), unsure: false };
}

/** Why a face has no or no fresh reading; empty while it is read. */
export function readabilityNote(readability: Readability, hasReading: boolean, m: Messages): string {
  return readability === 'waiting' && hasReading ? '' : m.readability[readability];
}
