import type { AttributeDistribution, ShownAge, ShownGender } from '../../../contract/insights.ts';
import type { Messages } from '../../i18n/en.ts';

/** The name of a class of an attribute in the operator's language. @param name as it is stored, such as `0.2-0.4` */
export function className(attribute: AttributeDistribution['attribute'], name: string, m: Messages): string {
  const step = /^([\d.]+)-([\d.]+)$/.exec(name);
  if (step) {
    const percent = (edge: string | undefined) => String(Math.round(Number(edge) * 100));
    return m.insights.attributes.step(percent(step[1]), percent(step[2]));
  }
  const names: Readonly<Record<string, string>> =
    attribute === 'expression'
      ? m.expression
      : attribute === 'glasses'
        ? m.glasses
        : { yes: m.insights.attributes.yes, no: m.insights.attributes.no };
  return names[name] ?? name;
}

export function genderName(gender: ShownGender | string, m: Messages): string {
  if (gender === 'unsure') return m.insights.ageGender.unsureName;
  if (gender === 'not counted') return m.insights.ageGender.notCounted;
  return (m.gender as Readonly<Record<string, string>>)[gender] ?? gender;
}

export function ageName(age: ShownAge | string, m: Messages): string {
  if (age === 'unsure') return m.insights.ageGender.unsureName;
  if (age === 'not counted') return m.insights.ageGender.notCounted;
  return age.replace('-', '–');
}
