import { describe, expect, it } from 'vitest';
import type { AttributeReading } from '../../../contract/attributes.ts';
import { TrackFusion } from './fusion.ts';
import { defaultUnsureLimits } from './network-metadata.ts';

function reading(changes: Partial<AttributeReading> = {}): AttributeReading {
  return {
    age: { years: 31, spread: 6 },
    gender: { female: 0.05 },
    smile: 0.1,
    expression: {
      neutral: 0.93,
      happiness: 0.01,
      surprise: 0.01,
      sadness: 0.01,
      anger: 0.01,
      disgust: 0.01,
      fear: 0.01,
      contempt: 0.01,
    },
    glasses: { none: 0.98, glasses: 0.01, sunglasses: 0.01 },
    eyeMakeup: 0.03,
    lipMakeup: 0.02,
    beard: 0.2,
    moustache: 0.1,
    sideburns: 0.05,
    ...changes,
  };
}
const fusion = () => new TrackFusion(defaultUnsureLimits);

describe('TrackFusion', () => {
  it('says after one good reading what the reading says', () => {
    const fused = fusion().add(reading(), 0.9, 0);
    expect(fused.readings).toBe(1);
    expect(fused.combined.gender.female).toBeCloseTo(0.05, 3);
    expect(fused.combined.expression.neutral).toBeCloseTo(0.93, 2);
    expect(fused.gender).toEqual({ value: 'male', confidence: expect.closeTo(0.95, 2) });
    expect(fused.glasses.value).toBe('none');
    expect(fused.eyeMakeup.value).toBe(false);
    expect(fused.age.value).toEqual({ years: 31, spread: expect.closeTo(6, 6), band: '25-34' });
    expect(fused.beard.value).toBeCloseTo(0.2, 6);
  });

  it('says unsure instead of guessing', () => {
    const fused = fusion().add(
      reading({
        gender: { female: 0.5 },
        glasses: { none: 0.4, glasses: 0.35, sunglasses: 0.25 },
        lipMakeup: 0.55,
        age: { years: 40, spread: 25 },
      }),
      0.9,
      0,
    );
    expect(fused.gender.value).toBeNull();
    expect(fused.glasses.value).toBeNull();
    expect(fused.lipMakeup.value).toBeNull();
    expect(fused.age.value).toBeNull();
    expect(fused.combined.age.years).toBeCloseTo(40, 6);
  });

  it('lets a good reading outweigh many poor ones', () => {
    const track = fusion();
    for (let i = 0; i < 5; i++)
      track.add(reading({ gender: { female: 0.8 }, age: { years: 60, spread: 6 } }), 0.1, i * 40);
    const fused = track.add(reading({ gender: { female: 0.03 }, age: { years: 30, spread: 6 } }), 1, 240);
    expect(fused.gender.value).toBe('male');
    expect(fused.combined.age.years).toBeLessThan(35);
  });

  it('keeps a shown answer through a weak spell, and gives it up in the end', () => {
    const track = fusion();
    expect(track.add(reading({ gender: { female: 0.8 } }), 0.5, 0).gender.value).toBe('female');
    const weak = track.add(reading({ gender: { female: 0.65 } }), 0.5, 400);
    expect(weak.combined.gender.female).toBeLessThan(defaultUnsureLimits.gender.high);
    expect(weak.gender.value).toBe('female');
    let last = weak;
    for (let timeMs = 800; timeMs < 60_000; timeMs += 400)
      last = track.add(reading({ gender: { female: 0.5 } }), 0.5, timeMs);
    expect(last.gender.value).toBeNull();
  });

  it('follows a mien within a second but not what lasts', () => {
    const track = fusion();
    for (let timeMs = 0; timeMs < 5000; timeMs += 400) track.add(reading(), 0.8, timeMs);
    const happy = {
      neutral: 0.02,
      happiness: 0.92,
      surprise: 0.01,
      sadness: 0.01,
      anger: 0.01,
      disgust: 0.01,
      fear: 0.01,
      contempt: 0.01,
    };
    let fused = track.fused;
    for (let timeMs = 5000; timeMs <= 6200; timeMs += 400) {
      fused = track.add(reading({ smile: 1, expression: happy, beard: 0.9 }), 0.8, timeMs);
    }
    expect(fused?.expression.value).toBe('happiness');
    expect(fused?.smile.value).toBeGreaterThan(0.8);
    expect(fused?.beard.value).toBeLessThan(0.5);
  });

  it('does not let the shown age flicker', () => {
    const track = fusion();
    const shown = new Set<number>();
    for (let i = 0; i < 100; i++) {
      const years = 30.5 + (i % 2 === 0 ? 1.5 : -1.5);
      const { value } = track.add(reading({ age: { years, spread: 6 } }), 0.8, i * 400).age;
      if (i > 2 && value) shown.add(value.years);
    }
    expect(shown.size).toBe(1);
  });

  it('is not carried away by a probability of exactly 0 or 1', () => {
    const track = fusion();
    track.add(reading({ gender: { female: 1 }, glasses: { none: 1, glasses: 0, sunglasses: 0 } }), 0.5, 0);
    const fused = track.add(
      reading({ gender: { female: 0.02 }, glasses: { none: 0.02, glasses: 0.97, sunglasses: 0.01 } }),
      1,
      100,
    );
    expect(fused.gender.value).toBe('male');
    expect(fused.glasses.value).toBe('glasses');
    expect(Number.isFinite(fused.combined.glasses.sunglasses)).toBe(true);
  });

  it('grows more confident of graded values with more evidence', () => {
    const track = fusion();
    const first = track.add(reading(), 0.4, 0).beard.confidence;
    const second = track.add(reading(), 0.4, 100).beard.confidence;
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThan(1);
  });
});
