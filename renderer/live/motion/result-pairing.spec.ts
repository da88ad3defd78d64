import { describe, expect, it } from 'vitest';
import { ResultPairing } from './result-pairing.ts';

const sequences = (results: { sequence: number }[]) => results.map((result) => result.sequence);

describe('ResultPairing', () => {
  it('shows results at once while no pictures flow', () => {
    const pairing = new ResultPairing();
    pairing.push({ sequence: 1 }, 0);
    expect(sequences(pairing.take(0, false))).toEqual([1]);
    expect(pairing.take(0, false)).toEqual([]);
  });

  it('holds a result until its picture is there', () => {
    const pairing = new ResultPairing();
    pairing.push({ sequence: 1 }, 0);
    pairing.push({ sequence: 2 }, 33);
    expect(pairing.take(40, true)).toEqual([]);
    pairing.pictureShown(1);
    expect(sequences(pairing.take(41, true))).toEqual([1]);
    pairing.pictureShown(2);
    expect(sequences(pairing.take(66, true))).toEqual([2]);
  });

  it('takes the results between two pictures together, in order', () => {
    const pairing = new ResultPairing();
    pairing.push({ sequence: 4 }, 0);
    pairing.push({ sequence: 5 }, 10);
    pairing.pictureShown(5);
    expect(sequences(pairing.take(12, true))).toEqual([4, 5]);
  });

  it('does not wait long for a picture that never comes', () => {
    const pairing = new ResultPairing();
    pairing.push({ sequence: 7 }, 0);
    expect(sequences(pairing.take(500, true))).toEqual([7]);
  });

  it('holds a picture that comes before its result, but never long', () => {
    const pairing = new ResultPairing();
    pairing.push({ sequence: 1 }, 0);
    expect(pairing.mayShow(1, 5, 6)).toBe(true);
    expect(pairing.mayShow(2, 10, 12)).toBe(false);
    pairing.push({ sequence: 2 }, 20);
    expect(pairing.mayShow(2, 10, 21)).toBe(true);
    expect(pairing.mayShow(9, 30, 500)).toBe(true);
  });

  it('keeps only the newest results when nobody takes them', () => {
    const pairing = new ResultPairing();
    for (let sequence = 0; sequence < 100; sequence += 1) pairing.push({ sequence }, sequence);
    const taken = sequences(pairing.take(1000, true));
    expect(taken.at(-1)).toBe(99);
    expect(taken.length).toBeLessThan(20);
  });

  it('begins again with a new engine', () => {
    const pairing = new ResultPairing();
    pairing.pictureShown(900);
    pairing.reset();
    pairing.push({ sequence: 1 }, 0);
    expect(pairing.take(1, true)).toEqual([]);
  });
});
