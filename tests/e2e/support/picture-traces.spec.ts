import { describe, expect, it } from 'vitest';
import { picturesIn, pointIn } from './picture-traces.ts';

describe('picturesIn', () => {
  it('sees pictures wherever they stand', () => {
    const jpeg = Buffer.from('....\xff\xd8\xff\xe0\0\x10JFIF', 'latin1');
    expect(picturesIn(jpeg)).toEqual(['JPEG']);
    expect(picturesIn(Buffer.from('row 1\x89PNG\r\n\x1a\nrest', 'latin1'))).toEqual(['PNG']);
    expect(picturesIn(Buffer.from('P5\n64 64\n255\n....'))).toEqual(['PNM']);
    expect(picturesIn(Buffer.from(`{"face":"${'QUJDREVG'.repeat(100)}"}`))).toEqual(['base64']);
  });

  it('leaves counters, settings and logs alone', () => {
    expect(picturesIn(Buffer.from('{"version":1,"access":{"pinHash":"00ff"}}'))).toEqual([]);
    expect(picturesIn(Buffer.from('SQLite format 3\0\x10\0\x02\x02\0\x40\x20\x20', 'latin1'))).toEqual([]);
  });
});

describe('pointIn', () => {
  const point = { x: 612.3456789, y: 345.6789012 };

  it('finds a landmark in text and in binary numbers', () => {
    expect(pointIn(Buffer.from('[612.3456789, 345.6789012]'), [point])).toBe('text');
    expect(pointIn(Buffer.from('612.35;345.68'), [point])).toBe('text');
    expect(pointIn(Buffer.from('612 345'), [point])).toBe(null);
    const doubles = Buffer.alloc(20);
    doubles.writeDoubleLE(point.x, 3);
    doubles.writeDoubleLE(point.y, 11);
    expect(pointIn(doubles, [point])).toBe('doubles');
    const floats = Buffer.alloc(9);
    floats.writeFloatLE(point.x, 1);
    floats.writeFloatLE(point.y, 5);
    expect(pointIn(floats, [point])).toBe('floats');
  });
});
