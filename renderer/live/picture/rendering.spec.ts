import { describe, expect, it } from 'vitest';
import { previewLines } from './rendering.ts';

describe('previewLines', () => {
  it('asks for the next step above what is shown, and not for each height anew', () => {
    expect(previewLines(500, false)).toBe(540);
    expect(previewLines(530, false)).toBe(540);
    expect(previewLines(860, false)).toBe(1080);
  });

  it('never asks for more than anybody can see, nor for much without a GPU', () => {
    expect(previewLines(4000, false)).toBe(1080);
    expect(previewLines(4000, true)).toBe(540);
    expect(previewLines(200, true)).toBe(360);
  });
});
