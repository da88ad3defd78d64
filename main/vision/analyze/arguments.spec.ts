import { describe, expect, it } from 'vitest';
import { parseArguments, UsageError } from './arguments.ts';

describe('parseArguments', () => {
  it('takes paths and options in any order', () => {
    expect(parseArguments(['--every', '5', 'a.mp4', '--min-score', '0.4', 'b', '--smallest=12.5'])).toEqual({
      paths: ['a.mp4', 'b'],
      every: 5,
      minScore: 0.4,
      smallestPx: 12.5,
    });
  });

  it('leaves to the detector what is not given', () => {
    expect(parseArguments(['a.jpg'])).toEqual({ paths: ['a.jpg'], every: 1, minScore: null, smallestPx: null });
  });

  it('can be asked for help', () => expect(parseArguments(['--help'])).toBeNull());

  it.each([
    [['--every', '0', 'a'], /--every takes a whole number of 1 or more/],
    [['--every', '2.5', 'a'], /whole number/],
    [['--min-score', '2', 'a'], /from 0 to 1, not "2"/],
    [['--smallest', 'x', 'a'], /--smallest takes a number/],
    [['--nonsense', 'a'], /nonsense/],
    [[], /at least one/],
  ])('says what is wrong with %j', (args, sentence) => {
    expect(() => parseArguments(args)).toThrow(UsageError);
    expect(() => parseArguments(args)).toThrow(sentence);
  });
});
