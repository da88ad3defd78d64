import type { PreviewPicture } from '../../../contract/frame-result.ts';
import type { SourceState } from '../../../contract/source.ts';

/**
 * One decoded picture, already rotated and mirrored as configured. The arrays it hands out are views of buffers that
 * the source reuses: they are valid until `release`, and each is filled on first use only.
 */
export interface Frame {
  /** Time on the source's clock in ms; never goes back, also when a video loops. */
  readonly timeMs: number;
  /** Wall clock at decoding, ms since the epoch. */
  readonly capturedAtMs: number;
  /** Milliseconds spent on decoding it. */
  readonly decodeMs: number;
  readonly width: number;
  readonly height: number;
  /** Another number where the picture does not go on from the frame before, as another photo of a folder: others are in it. */
  readonly scene: number;
  /** For analysis: the file it came from and its number there, from 0. */
  readonly origin: { readonly file: string; readonly index: number } | null;
  /** Full resolution RGB24, row by row, tightly packed: width * height * 3 bytes. */
  rgb(): Uint8Array;
  /** RGB24 scaled to exactly `width` x `height` (area average when it shrinks). One size per frame is cheap. */
  scaledRgb(width: number, height: number): Uint8Array;
  /** A copy of its own for another process, scaled to at most `maxHeight` lines, keeping the aspect; even sides. */
  preview(maxHeight: number): Omit<PreviewPicture, 'sequence'>;
  /** Gives its buffers back. Must be called exactly once; the frame is not used after it. */
  release(): void;
}

/**
 * A camera, stream, video or folder. Live sources (cameras, streams, videos in real time) hold at most one waiting
 * frame: a newer one replaces it and counts as dropped. Sources for analysis hold the decoder back instead.
 */
export interface FrameSource {
  /** Starts and keeps going: reconnects by itself, tells every change of state. Never rejects for a missing device. */
  open(onState: (state: SourceState) => void): Promise<void>;
  /** The newest frame; waits for one. `null` when the source has ended, failed for good, or was closed. */
  next(): Promise<Frame | null>;
  readonly received: number;
  readonly dropped: number;
  /** Lets waiting `next` calls return null; idempotent. */
  close(): Promise<void>;
}
