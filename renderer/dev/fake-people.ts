import type { ExpressionClass, FusedAttributes, GlassesClass } from '../../contract/attributes.ts';
import { ageBandOf } from '../../contract/attributes.ts';
import type { Readability, TrackedFace } from '../../contract/frame-result.ts';

/** A made-up person for looking at the page without an engine. */
interface Person {
  readonly years: number;
  readonly female: boolean | null;
  readonly expression: ExpressionClass;
  readonly glasses: GlassesClass;
  readonly makeup: boolean | null;
  readonly beard: number;
}

const cast: readonly Person[] = [
  { years: 31, female: true, expression: 'happiness', glasses: 'none', makeup: true, beard: 0 },
  { years: 44, female: false, expression: 'neutral', glasses: 'glasses', makeup: false, beard: 0.8 },
  { years: 23, female: true, expression: 'surprise', glasses: 'sunglasses', makeup: null, beard: 0 },
  { years: 67, female: null, expression: 'sadness', glasses: 'glasses', makeup: false, beard: 0.3 },
];

const estimate = <Value>(value: Value | null) => ({ value, confidence: value === null ? 0.3 : 0.9 });

function attributesOf(person: Person, time: number): FusedAttributes {
  const smile = person.expression === 'happiness' ? 0.7 + 0.2 * Math.sin(time / 900) : 0.12;
  const bars = { smile, beard: person.beard, moustache: person.beard * 0.8, sideburns: person.beard * 0.5 };
  const age = { years: person.years, spread: 3.6, band: ageBandOf(person.years) };
  return {
    readings: 12,
    combined: {
      age,
      gender: { female: person.female ? 0.96 : 0.05 },
      expression: { neutral: 1, happiness: 0, surprise: 0, sadness: 0, anger: 0, disgust: 0, fear: 0, contempt: 0 },
      glasses: { none: 1, glasses: 0, sunglasses: 0 },
      eyeMakeup: 0.5,
      lipMakeup: 0.5,
      ...bars,
    },
    age: estimate(age),
    gender: estimate(person.female === null ? null : person.female ? 'female' : 'male'),
    expression: estimate(person.expression),
    glasses: estimate(person.glasses),
    eyeMakeup: estimate(person.makeup),
    lipMakeup: estimate(person.makeup),
    smile: estimate(bars.smile),
    beard: estimate(bars.beard),
    moustache: estimate(bars.moustache),
    sideburns: estimate(person.female === null ? null : bars.sideburns),
  };
}

/** @param time ms; people sway and walk with it */
export function fakeFaces(count: number, width: number, height: number, time: number): TrackedFace[] {
  const columns = Math.min(count, 7);
  return Array.from({ length: count }, (_, index) => {
    const person = cast[index % cast.length] as Person;
    const row = Math.floor(index / columns);
    const size = count > 8 ? 46 : 92 + (index % 3) * 14;
    const x = (width * ((index % columns) + 0.5)) / columns + 26 * Math.sin(time / 1400 + index * 1.7) - size / 2;
    const y = height * (count > 8 ? 0.2 + 0.25 * row : 0.34) + 10 * Math.sin(time / 1100 + index) + (index % 2) * 24;
    const unread: Readability | null = count > 2 && index === count - 1 ? 'too-small' : null;
    const box = unread ? { x, y, width: 26, height: 32 } : { x, y, width: size, height: size * 1.25 };
    return {
      trackId: 100 + index,
      box,
      score: 0.9,
      quality: 0.8,
      readability: unread ?? (index === 1 && count > 1 ? 'turned-away' : 'read'),
      facing: index % 3 !== 1,
      detected: true,
      attributes: unread ? null : attributesOf(person, time),
    };
  });
}
