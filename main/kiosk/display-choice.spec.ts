import { describe, expect, it } from 'vitest';
import { chooseDisplay, describeDisplays, furtherScreens } from './display-choice.ts';

const wide = { id: 11, label: 'DELL U2720', bounds: { x: 0, y: 0, width: 1920, height: 1080 } };
const tall = { id: 22, label: '', bounds: { x: 1920, y: 0, width: 1080, height: 1920 } };

describe('chooseDisplay', () => {
  it('takes the chosen one, and comes back to it when it is plugged in again', () => {
    expect(chooseDisplay([wide, tall], wide, '22')).toBe(tall);
    expect(chooseDisplay([wide], wide, '22')).toBe(wide);
    expect(chooseDisplay([wide, tall], wide, null)).toBe(wide);
  });
});

describe('describeDisplays', () => {
  it('gives each a name and says which is the primary one', () => {
    expect(describeDisplays([wide, tall], wide)).toEqual([
      { id: '11', label: 'DELL U2720', width: 1920, height: 1080, primary: true },
      { id: '22', label: '2', width: 1080, height: 1920, primary: false },
    ]);
  });
});

const [left, middle, right] = [{ id: 1 }, { id: 2 }, { id: 3 }] as const;

describe('furtherScreens', () => {
  it('are the displays beside the main one that have a playlist', () => {
    expect(furtherScreens([left, middle, right], left, { main: 'window', '2': 'prices', '9': 'gone' })).toEqual(['2']);
  });

  it('never have the main display among them, also where it has a playlist of its own', () => {
    expect(furtherScreens([left, right], right, { '1': 'a', '3': 'b' })).toEqual(['1']);
  });
});
