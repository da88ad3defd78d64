import { describe, expect, it } from 'vitest';
import { hasteFor } from './haste.ts';

describe('what is left out', () => {
  it('is nothing while the film is on time', () => {
    expect(hasteFor('none', 0, 2000)).toBe('none');
    expect(hasteFor('none', 240, 2000)).toBe('none');
  });

  it('is what no other picture needs when it is late, until it has caught up', () => {
    expect(hasteFor('none', 260, 2000)).toBe('unreferenced');
    expect(hasteFor('unreferenced', 180, 2000)).toBe('unreferenced');
    expect(hasteFor('unreferenced', 90, 2000)).toBe('none');
  });

  it('is a whole group once the next key picture is due', () => {
    expect(hasteFor('unreferenced', 1900, 2000)).toBe('unreferenced');
    expect(hasteFor('unreferenced', 2100, 2000)).toBe('to-key');
  });

  it('does not wait for the key pictures of a film that hardly has any', () => {
    expect(hasteFor('unreferenced', 10_100, 60_000)).toBe('to-key');
  });

  it('does not jump for less than a second', () => {
    expect(hasteFor('unreferenced', 900, 40)).toBe('unreferenced');
  });
});
