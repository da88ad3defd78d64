import { type AttributeReading, expressionClasses, glassesClasses } from '../../../contract/attributes.ts';

/** The mean of two readings of one face, number by number. */
export function average(a: AttributeReading, b: AttributeReading): AttributeReading {
  const mean = (x: number, y: number) => (x + y) / 2;
  return {
    age: { years: mean(a.age.years, b.age.years), spread: mean(a.age.spread, b.age.spread) },
    gender: { female: mean(a.gender.female, b.gender.female) },
    smile: mean(a.smile, b.smile),
    expression: means(expressionClasses, a.expression, b.expression),
    glasses: means(glassesClasses, a.glasses, b.glasses),
    eyeMakeup: mean(a.eyeMakeup, b.eyeMakeup),
    lipMakeup: mean(a.lipMakeup, b.lipMakeup),
    beard: mean(a.beard, b.beard),
    moustache: mean(a.moustache, b.moustache),
    sideburns: mean(a.sideburns, b.sideburns),
  };
}

function means<Name extends string>(
  names: readonly Name[],
  a: Readonly<Record<Name, number>>,
  b: Readonly<Record<Name, number>>,
): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, (a[name] + b[name]) / 2])) as Record<Name, number>;
}
