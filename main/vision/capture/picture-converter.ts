import {
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_RGB,
  AVCOL_SPC_SMPTE170M,
  type AVColorRange,
  type AVColorSpace,
  type AVPixelFormat,
} from 'node-av/constants';
import { Frame as AvFrame, FFmpegError, SoftwareScaleContext } from 'node-av/lib';
import type { PreviewPicture } from '../../../contract/frame-result.ts';

/** How chroma is brought to full size: `fast` repeats it, as is usual for video; `full` interpolates, for still pictures. */
export type ChromaQuality = 'fast' | 'full';

/** A converted picture: the frame that owns the memory, and a view of it. */
interface Target {
  readonly frame: AvFrame;
  /** In Node a view of the frame's own memory; in Electron, where such views are not allowed, a copy is made each time. */
  readonly view: Uint8Array | null;
}

/** RGB24 lent out until it is given back. */
export interface RgbLoan {
  readonly data: Uint8Array;
  giveBack(): void;
}

/** Contexts kept, for as many different sizes. */
const mostScalers = 6;
/** Buffers kept per size; and none above this many pixels, so that one huge photo does not stay in memory. */
const mostSpareTargets = 3;
const mostSparePixels = 4096 * 2304;

const fullChroma = '+accurate_rnd+full_chroma_int+full_chroma_inp';

/**
 * Turns decoded frames of any pixel format into RGB24 or I420 of any size with swscale, which follows the colour matrix
 * and range that each frame names. Scalers and target buffers are kept per size.
 */
export class PictureConverter {
  private readonly chroma: ChromaQuality;
  private readonly scalers = new Map<string, SoftwareScaleContext>();
  private readonly spare = new Map<string, Target[]>();
  private lent = 0;
  private closed = false;

  constructor(chroma: ChromaQuality) {
    this.chroma = chroma;
  }

  /** RGB24, tightly packed; area average where it shrinks, bilinear where it grows. */
  rgb(source: AvFrame, width: number, height: number): RgbLoan {
    const key = `${width}x${height}`;
    const target = this.spare.get(key)?.pop() ?? newTarget(width, height);
    const scaler = this.scaler(`rgb ${key}`, this.flags(source, width, height));
    FFmpegError.throwIfError(scaler.scaleFrameSync(target.frame, source), 'the picture could not be converted');
    this.lent++;
    const data = target.view ?? (target.frame.data?.[0] as Uint8Array);
    return { data: data.subarray(0, width * height * 3), giveBack: () => this.takeBack(key, target) };
  }

  /** I420 of even sides and at most `maxHeight` lines, in memory of its own. */
  preview(source: AvFrame, maxHeight: number): Omit<PreviewPicture, 'sequence'> {
    const height = Math.max(2, Math.min(source.height, maxHeight) & ~1);
    const width = Math.max(2, Math.round((source.width * height) / source.height / 2) * 2);
    const matrix = source.colorSpace === AVCOL_SPC_BT709 ? 'bt709' : 'bt601';
    const fullRange = source.colorRange === AVCOL_RANGE_JPEG && source.colorSpace !== AVCOL_SPC_RGB;
    const same = source.width === width && source.height === height && source.format === AV_PIX_FMT_YUV420P;
    if (same) return { width, height, matrix, fullRange, data: ownMemory(source.toBuffer()) };
    const space = matrix === 'bt709' ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
    const target = newFrame(width, height, AV_PIX_FMT_YUV420P, space, fullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG);
    try {
      const scaler = this.scaler('preview', source.height >= 2 * height ? 'area' : 'bilinear');
      FFmpegError.throwIfError(scaler.scaleFrameSync(target, source), 'the preview could not be made');
      return { width, height, matrix, fullRange, data: ownMemory(target.toBuffer()) };
    } finally {
      target.free();
    }
  }

  /** Frees all of it once nothing is lent out any more. */
  close(): void {
    this.closed = true;
    if (this.lent > 0) return;
    for (const scaler of this.scalers.values()) scaler.freeContext();
    this.scalers.clear();
    for (const targets of this.spare.values()) for (const { frame } of targets) frame.free();
    this.spare.clear();
  }

  private flags(source: AvFrame, width: number, height: number): string {
    const same = source.width === width && source.height === height;
    const shrinks = width < source.width || height < source.height;
    const method = shrinks ? 'area' : same && this.chroma === 'full' ? 'bicubic' : 'bilinear';
    return this.chroma === 'full' ? method + fullChroma : method;
  }

  private scaler(key: string, flags: string): SoftwareScaleContext {
    const name = `${key} ${flags}`;
    const known = this.scalers.get(name);
    if (known) return known;
    const [oldest] = this.scalers.keys();
    if (this.scalers.size >= mostScalers && oldest !== undefined) {
      this.scalers.get(oldest)?.freeContext();
      this.scalers.delete(oldest);
    }
    // Not initialised by hand: then swscale takes sizes, formats, matrix and range from the frames themselves.
    const scaler = new SoftwareScaleContext();
    scaler.allocContext();
    FFmpegError.throwIfError(scaler.setOption('sws_flags', flags), 'sws_flags');
    this.scalers.set(name, scaler);
    return scaler;
  }

  private takeBack(key: string, target: Target): void {
    this.lent--;
    const targets = this.spare.get(key) ?? [];
    const { width, height } = target.frame;
    if (this.closed || targets.length >= mostSpareTargets || width * height > mostSparePixels) target.frame.free();
    else this.keep(key, [...targets, target]);
    if (this.closed) this.close();
  }

  private keep(key: string, targets: Target[]): void {
    const [oldest] = this.spare.keys();
    if (!this.spare.has(key) && this.spare.size >= mostScalers && oldest !== undefined) {
      for (const { frame } of this.spare.get(oldest) ?? []) frame.free();
      this.spare.delete(oldest);
    }
    this.spare.set(key, targets);
  }
}

function newTarget(width: number, height: number): Target {
  const frame = newFrame(width, height, AV_PIX_FMT_RGB24, AVCOL_SPC_RGB, AVCOL_RANGE_JPEG);
  return { frame, view: viewsAreLive ? (frame.data?.[0] ?? null) : null };
}

/** An alignment of 1 packs the rows tightly; FFmpeg still adds the padding that its SIMD code needs behind the last row. */
function newFrame(
  width: number,
  height: number,
  format: AVPixelFormat,
  space: AVColorSpace,
  range: AVColorRange,
): AvFrame {
  const frame = new AvFrame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  frame.colorSpace = space;
  frame.colorRange = range;
  FFmpegError.throwIfError(frame.getBuffer(1), 'there is no memory for a picture');
  return frame;
}

/**
 * Whether `frame.data` shows the frame's own memory, tried out once. Asked of `toBuffer`, which always reads that memory:
 * `data` gives the same array again, whether it is a view or a copy.
 */
const viewsAreLive = ((): boolean => {
  const frame = newFrame(2, 2, AV_PIX_FMT_RGB24, AVCOL_SPC_RGB, AVCOL_RANGE_JPEG);
  const view = frame.data?.[0];
  const shows = (value: number): boolean => {
    if (view) view[0] = value;
    return frame.toBuffer()[0] === value;
  };
  const live = shows(1) && shows(2);
  frame.free();
  return live;
})();

/** An ArrayBuffer that holds exactly these bytes and may be transferred. */
function ownMemory(bytes: Buffer): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && buffer.byteLength === byteLength) return buffer;
  return Uint8Array.from(bytes).buffer;
}
