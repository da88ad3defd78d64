import type { FusedAttributes } from '../../contract/attributes.ts';
import type { Trait } from '../../contract/signage-rules.ts';

/** Whether somebody's fused attributes have a trait. What is unsure matches nothing. */
export function matchesTrait(fused: FusedAttributes, trait: Trait): boolean {
  switch (trait.attribute) {
    case 'age': {
      const age = fused.age.value;
      // Whole years: somebody read as 35.4 is 35.
      return age !== null && age.years >= trait.fromYears && age.years < trait.toYears + 1;
    }
    case 'gender':
      return fused.gender.value !== null && trait.is.includes(fused.gender.value);
    case 'expression':
      return fused.expression.value !== null && trait.is.includes(fused.expression.value);
    case 'glasses':
      return fused.glasses.value !== null && trait.is.includes(fused.glasses.value);
    case 'eyeMakeup':
    case 'lipMakeup':
      return fused[trait.attribute].value === trait.is;
    case 'smile':
    case 'beard':
    case 'moustache':
    case 'sideburns': {
      const { value } = fused[trait.attribute];
      return value !== null && value >= trait.from && value <= trait.to;
    }
  }
}
