import { expect, it } from 'vitest';
import type { Frame, FrameSource } from '../capture/frame-source.ts';
import { type AnalysisContext, analyseFile, UnreadableError } from './analyse-file.ts';

it('tells of a picture that cannot be worked on as of one that cannot be read, and gives it back', async () => {
  let released = 0;
  const frame = {
    width: 4,
    height: 4,
    timeMs: 0,
    origin: null,
    rgb: () => {
      throw new Error('the picture could not be converted');
    },
    release: () => {
      released++;
    },
  } as unknown as Frame;
  const frames = [frame];
  const source = { open: async () => {}, next: async () => frames.pop() ?? null, close: async () => {} };
  const context = { openSource: () => source as unknown as FrameSource, every: 1 } as unknown as AnalysisContext;
  const analysis = analyseFile(context, { source: 'a.png', path: '/a.png', kind: 'picture', error: null });
  const failure = await analysis.next().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UnreadableError);
  expect(String(failure)).toContain('It cannot be analysed: the picture could not be converted.');
  expect(released).toBe(1);
});
