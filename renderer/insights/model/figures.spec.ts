import { describe, expect, it } from 'vitest';
import { insights as german } from '../../i18n/insights/de.ts';
import { insights as english } from '../../i18n/insights/en.ts';
import { FigureText, noFigure } from './figures.ts';

const en = new FigureText('en-GB', english);
const de = new FigureText('de-DE', german);
const plain = (text: string | null) => text?.replace(/[\u00a0\u202f\u2009]/g, ' ');

describe('FigureText', () => {
  it('writes numbers as the language does', () => {
    expect(en.headline('passersBy', 12_345)).toBe('12,345');
    expect(de.headline('passersBy', 12_345)).toBe('12.345');
    expect(plain(en.headline('watchRate', 0.3249))).toBe('32.5%');
    expect(plain(de.headline('watchRate', 0.3249))).toBe('32,5 %');
  });

  it('writes durations in seconds, then in minutes', () => {
    expect(plain(en.duration(3_420))).toBe('3.4 s');
    expect(plain(de.duration(3_420))).toBe('3,4 s');
    expect(plain(en.duration(120_000))).toBe('2 min');
    expect(plain(en.duration(125_400))).toBe('2 min 5 s');
    expect(plain(en.edge(500))).toBe('0.5 s');
    expect(plain(de.edge(500))).toBe('0,5 s');
    expect(plain(en.edge(300_000))).toBe('5 min');
  });

  it('compares counts by per cent and shares by points', () => {
    const change = { absolute: 0.012, relative: 0.04, clear: true };
    expect(en.change('watchRate', change)).toBe('+1.2 points');
    expect(en.change('watchers', change)).toBe('+4%');
    expect(en.change('watchers', { ...change, relative: -0.25 })).toBe('-25%');
    expect(en.change('watchers', { absolute: null, relative: null, clear: null })).toBeNull();
  });

  it('tells nobody, hidden and incomplete apart', () => {
    expect(en.cell({ count: 0, hiddenIn: 0 })).toBe('0');
    expect(en.cell({ count: 1200, hiddenIn: 0 })).toBe('1,200');
    expect(en.cell({ count: 1200, hiddenIn: 2 })).toBe('at least 1,200');
    expect(en.cell({ count: null, hiddenIn: 1 })).toBe('not shown');
    expect(en.cell({ count: null, hiddenIn: 0 })).toBe(noFigure);
  });

  it('names days, weekdays and hours', () => {
    expect(en.day('2026-11-24')).toMatch(/Tue,? 24 Nov/);
    expect(de.day('2026-11-24')).toMatch(/Di\.?, 24\. Nov/);
    expect(plain(en.range({ from: '2026-11-02', to: '2026-11-29' }))).toMatch(/2.?–.?29 Nov 2026/);
    expect(en.range({ from: '2026-11-02', to: '2026-11-02' })).toBe('2 Nov 2026');
    expect([1, 7].map((day) => en.weekday(day))).toEqual(['Mon', 'Sun']);
    expect(de.weekday(3, 'long')).toBe('Mittwoch');
    expect(en.hour(9)).toBe('09:00');
  });
});
