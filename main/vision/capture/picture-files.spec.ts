import { describe, expect, it } from 'vitest';
import { placeAfter } from './picture-files.ts';

const files = ['/p/a1.jpg', '/p/a2.jpg', '/p/a10.jpg', '/p/b.jpg'];

describe('placeAfter', () => {
  it('begins at the beginning and goes round', () => {
    expect(placeAfter(files, null)).toBe(0);
    expect(placeAfter(files, '/p/a2.jpg')).toBe(2);
    expect(placeAfter(files, '/p/b.jpg')).toBe(0);
  });

  it('goes on behind a file that is gone', () => {
    expect(placeAfter(files, '/p/a3.jpg')).toBe(2);
    expect(placeAfter(files, '/p/z.jpg')).toBe(0);
    expect(placeAfter([], '/p/z.jpg')).toBe(0);
  });

  it('passes no file over whose name only looks the same', () => {
    const alike = ['/p/01.jpg', '/p/1.jpg', '/p/001.jpg'].toSorted();
    const seen: string[] = [];
    for (let at = 0; seen.length < 3; at = placeAfter(alike, alike[at] as string)) seen.push(alike[at] as string);
    expect(seen).toEqual(alike);
  });
});
