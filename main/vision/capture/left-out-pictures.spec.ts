import { describe, expect, it } from 'vitest';
import { LeftOutPictures } from './left-out-pictures.ts';

describe('LeftOutPictures', () => {
  it('names a file without its folder, and how many there are', () => {
    const leftOut = new LeftOutPictures();
    expect(leftOut.notice).toBeNull();
    leftOut.add('/shop/faces/a.jpg', 'v1', 'The file is empty.');
    expect(leftOut.notice).toBe('“a.jpg” is left out: The file is empty.');
    leftOut.add('/shop/faces/b.jpg', null, 'There is no such file.');
    expect(leftOut.notice).toBe('2 files are left out, as “b.jpg”: There is no such file.');
  });

  it('holds a file until it has changed, can be shown, or is gone', () => {
    const leftOut = new LeftOutPictures();
    expect(leftOut.holds('/a.jpg', null)).toBe(false);
    leftOut.add('/a.jpg', 'v1', 'empty');
    leftOut.add('/b.jpg', null, 'not there');
    leftOut.add('/c.jpg', 'v1', 'damaged');
    expect([leftOut.holds('/a.jpg', 'v1'), leftOut.holds('/a.jpg', 'v2'), leftOut.holds('/b.jpg', null)]).toEqual([
      true,
      false,
      true,
    ]);
    leftOut.remove('/c.jpg');
    expect(leftOut.notice).not.toContain('c.jpg');
    leftOut.keepOnly(['/b.jpg']);
    expect(leftOut.notice).toBe('“b.jpg” is left out: not there');
    leftOut.keepOnly([]);
    expect(leftOut.notice).toBeNull();
  });
});
