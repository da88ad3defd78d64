import type { Frame } from '../../main/vision/capture/frame-source.ts';
import type { ComposedFrame } from './composed-clip.ts';

/** A composed picture as the engine gets one from a source. Valid until the next one is composed. */
export function frameOf({ timeMs, picture }: ComposedFrame, startedAtMs: number): Frame {
  return {
    timeMs,
    capturedAtMs: startedAtMs + timeMs,
    decodeMs: 0,
    width: picture.width,
    height: picture.height,
    scene: 0,
    origin: null,
    rgb: () => picture.scaledRgb(picture.width, picture.height),
    scaledRgb: (width, height) => picture.scaledRgb(width, height),
    preview: () => {
      throw new Error('Nobody looks at a composed clip.');
    },
    release: () => {},
  };
}
