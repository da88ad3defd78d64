import { describe, expect, it } from 'vitest';
import { Rotation } from './rotation.ts';

const items = (...ids: string[]) => ids.map((id) => ({ id, weight: 1 }));
const taken = (rotation: Rotation, due: ReturnType<typeof items>, turns: number) =>
  Array.from({ length: turns }, () => rotation.take(due)?.id).join('');

describe('Rotation', () => {
  it('takes items of equal weight in their order', () => {
    expect(taken(new Rotation(), items('a', 'b', 'c'), 7)).toBe('abcabca');
  });

  it('spreads the turns of a heavier item over the round', () => {
    const due = [{ id: 'a', weight: 2 }, ...items('b', 'c')];
    expect(taken(new Rotation(), due, 8)).toBe('abcaabca');
  });

  it('goes on behind the last item when one drops out, the last one too', () => {
    const rotation = new Rotation();
    expect(taken(rotation, items('a', 'x', 'b', 'c'), 2)).toBe('ax');
    expect(taken(rotation, items('a', 'b', 'c'), 6)).toBe('bcabca');
  });

  it('takes up an item that becomes due at its place', () => {
    const rotation = new Rotation();
    expect(taken(rotation, items('a', 'c'), 3)).toBe('aca');
    expect(taken(rotation, items('a', 'b', 'c'), 4)).toBe('bcab');
  });

  it('has nobody to take where nothing is due', () => {
    expect(new Rotation().take([])).toBeNull();
  });
});
