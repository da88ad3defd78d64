import { FilterAPI } from 'node-av/api';
import {
  AV_CODEC_ID_MJPEG,
  AV_FRAME_DATA_DISPLAYMATRIX,
  AV_FRAME_FLAG_CORRUPT,
  AV_FRAME_FLAG_INTERLACED,
  AV_PKT_FLAG_KEY,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVERROR_INVALIDDATA,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
  FF_THREAD_FRAME,
} from 'node-av/constants';
import {
  Frame as AvFrame,
  Codec,
  CodecContext,
  FFmpegError,
  type FormatContext,
  Packet,
  type Stream,
} from 'node-av/lib';
import { assumeColours } from './colours.ts';
import type { Haste } from './haste.ts';
import type { Medium } from './medium.ts';
import type { Turn } from './picture-turn.ts';
import { combine, filtersOf, turnOfDisplayMatrix } from './picture-turn.ts';

export interface DecodedPicture {
  /** Owned by whoever holds it; freed with `free()`. */
  readonly frame: AvFrame;
  /** Time in the file or on the device's clock, ms; null where the medium carries none. */
  readonly mediaMs: number | null;
  /** How long it is shown, ms. */
  readonly durationMs: number;
  /** Time spent on decoding and turning it, ms. */
  readonly decodeMs: number;
}

export interface MediaReaderOptions {
  /** Applied after the turn that the medium itself asks for. */
  readonly turn: Turn;
  /** More than one costs a frame of delay each. */
  readonly threads: number;
  /** Whether a picture of which a part is missing is refused, rather than shown with that part grey. Default false. */
  readonly complete?: boolean;
}

/** Larger pictures are refused: each pixel costs up to ten bytes while a picture is looked at. */
const mostPixels = 2 ** 27;

/** In a row; then the medium is taken to be at its end. */
const mostDamagedPackets = 200;
const retryMs = 5;

/** Reads the video of one open medium picture by picture, in FFmpeg's own threads. Not to be called concurrently. */
export class MediaReader {
  /** 0 where the medium does not say. */
  readonly framesPerSecond: number;
  /** Total playing time, ms; 0 for live media. */
  readonly durationMs: number;
  /** Whether it comes in pieces of some seconds each (HLS, DASH), far faster than it is to be played. */
  readonly isSegmented: boolean;
  private readonly medium: Medium;
  private readonly format: FormatContext;
  private readonly stream: Stream;
  private readonly codec: CodecContext;
  private readonly turn: Turn;
  private readonly msPerTick: number;
  private readonly singleThreaded: boolean;
  private readonly packet = new Packet();
  private filter: { readonly description: string; readonly api: FilterAPI } | null = null;
  private draining = false;
  private damagedInARow = 0;
  /** For data, while the picture that is read now was waited for, ms. */
  private waitedMs = 0;
  private busy: Promise<unknown> = Promise.resolve();
  private closed = false;
  private interrupted = false;
  private haste: Haste = 'none';
  private lastKeyMs: number | null = null;
  private keyDistance = 0;

  private constructor(medium: Medium, stream: Stream, codec: CodecContext, turn: Turn) {
    this.medium = medium;
    this.format = medium.format;
    this.stream = stream;
    this.codec = codec;
    this.turn = turn;
    this.singleThreaded = codec.threadCount === 1;
    this.msPerTick = (1000 * stream.timeBase.num) / stream.timeBase.den;
    const rate = [stream.avgFrameRate, stream.rFrameRate].find(({ num, den }) => num > 0 && den > 0);
    this.framesPerSecond = rate ? Math.min(1000, rate.num / rate.den) : 0;
    this.durationMs = Math.max(0, Number(this.format.duration) / 1000);
    this.isSegmented = /^(hls|dash)/.test(this.format.iformat?.name ?? '');
    this.packet.alloc();
  }

  /** Takes over an open medium and closes it with itself, or at once where it holds nothing to decode. */
  static async over(medium: Medium, options: MediaReaderOptions): Promise<MediaReader> {
    const codec = new CodecContext();
    try {
      const stream = medium.format.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO);
      if (!stream) throw new Error('it holds no picture');
      const decoder = Codec.findDecoder(stream.codecpar.codecId);
      if (!decoder) throw new Error('its pictures are coded in a way that is not known here');
      codec.allocContext3(decoder);
      const { width, height } = stream.codecpar;
      if (width * height > mostPixels) throw new Error('its pictures are larger than 134 megapixels');
      FFmpegError.throwIfError(codec.parametersToContext(stream.codecpar), 'the decoder refuses it');
      codec.threadCount = options.threads;
      codec.threadType = FF_THREAD_FRAME;
      // Other decoders refuse what is cut off by themselves, and TIFF's would also refuse tags that it does not know.
      if (options.complete && stream.codecpar.codecId === AV_CODEC_ID_MJPEG) codec.setOption('err_detect', 'explode');
      FFmpegError.throwIfError(await codec.open2(decoder, null), 'the decoder refuses it');
      return new MediaReader(medium, stream, codec, options.turn);
    } catch (error) {
      codec.freeContext();
      await medium.close();
      throw error;
    }
  }

  /** @returns the next picture, or null at the end. @throws Error when the medium is gone or was interrupted */
  read(): Promise<DecodedPicture | null> {
    const reading = this.readNext();
    this.busy = reading.catch(() => {});
    return reading;
  }

  /** Between the last two key pictures that were read, ms; 0 before the second. */
  get keyDistanceMs(): number {
    return this.keyDistance;
  }

  /** Whether all up to the next key picture is being left out. */
  get isJumping(): boolean {
    return this.haste === 'to-key';
  }

  /** What to leave out from the next packet on. A jump that has begun ends with the next key picture, not before. */
  hurry(haste: Haste): void {
    if (haste !== this.haste && !this.isJumping) this.setHaste(haste);
  }

  private setHaste(haste: Haste): void {
    this.haste = haste;
    FFmpegError.throwIfError(this.codec.setOption('skip_frame', haste === 'none' ? 'default' : 'noref'), 'skip_frame');
  }

  /** Back to the beginning. @returns false where the medium cannot go back */
  async rewind(): Promise<boolean> {
    const start = this.stream.startTime > 0n ? this.stream.startTime : 0n;
    const result = await this.format.seekFrame(this.stream.index, start, AVSEEK_FLAG_BACKWARD);
    this.codec.flushBuffers();
    this.draining = false;
    this.lastKeyMs = null;
    return result >= 0;
  }

  /** Makes a read that waits for data give up, from outside. */
  interrupt(): void {
    if (this.closed) return;
    this.interrupted = true;
    this.format.interrupt();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.interrupt();
    this.closed = true;
    await this.busy;
    this.filter?.api.close();
    this.packet.free();
    this.codec.freeContext();
    await this.medium.close();
  }

  private async readNext(): Promise<DecodedPicture | null> {
    const began = performance.now();
    this.waitedMs = 0;
    const frame = new AvFrame();
    frame.alloc();
    try {
      while (!this.closed) {
        // With one thread a picture is decoded while its packet is sent, in FFmpeg's pool, and only handed over here:
        // not worth another wait for a thread of JavaScript that is busy with inference.
        const received = this.singleThreaded
          ? this.codec.receiveFrameSync(frame)
          : await this.codec.receiveFrame(frame);
        if (received >= 0 && !frame.hasFlags(AV_FRAME_FLAG_CORRUPT)) {
          this.damagedInARow = 0;
          return await this.finish(frame, began + this.waitedMs);
        }
        if (received === AVERROR_EOF) break;
        if (this.draining && received < 0 && received !== AVERROR_EAGAIN) break;
        if (received !== AVERROR_EAGAIN) {
          if (++this.damagedInARow > mostDamagedPackets) FFmpegError.throwIfError(received, 'decoding stopped');
          continue;
        }
        await this.feedDecoder();
      }
    } catch (error) {
      frame.free();
      throw error;
    }
    frame.free();
    return null;
  }

  /** Gives the decoder one more packet, or tells it that there are no more. */
  private async feedDecoder(): Promise<void> {
    const before = performance.now();
    const read = await this.format.readFrame(this.packet);
    this.waitedMs += performance.now() - before;
    if (read === AVERROR_EAGAIN) {
      // A network says so by itself; a device would go on to have nothing.
      if (this.interrupted) throw new Error('interrupted');
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      this.waitedMs += retryMs;
      return;
    }
    const damaged = read === AVERROR_INVALIDDATA;
    if (damaged) this.damagedInARow++;
    if (read === AVERROR_EOF || this.damagedInARow > mostDamagedPackets) {
      this.draining = true;
      await this.codec.sendPacket(null);
      return;
    }
    if (damaged) return;
    FFmpegError.throwIfError(read, 'reading stopped');
    if (this.packet.streamIndex === this.stream.index && this.isWanted(this.packet)) {
      const sent = await this.codec.sendPacket(this.packet);
      // A packet that the decoder cannot use is left out; the pictures before and after it are shown.
      if (sent < 0 && sent !== AVERROR_EAGAIN) this.damagedInARow++;
    }
    this.packet.unref();
  }

  /** A packet that is not sent costs nothing; but all up to the next key picture would have built on it. */
  private isWanted(packet: Packet): boolean {
    const isKey = (packet.flags & AV_PKT_FLAG_KEY) !== 0;
    if (isKey) {
      const timeMs = Number(packet.dts) * this.msPerTick;
      if (this.lastKeyMs !== null) this.keyDistance = Math.max(0, timeMs - this.lastKeyMs);
      this.lastKeyMs = timeMs;
      if (this.isJumping) this.setHaste('unreferenced');
    }
    return !this.isJumping;
  }

  private async finish(frame: AvFrame, began: number): Promise<DecodedPicture> {
    const ticks = frame.bestEffortTimestamp;
    // AV_NOPTS_VALUE is the smallest 64-bit integer.
    const mediaMs = ticks > -(2n ** 62n) ? Number(ticks) * this.msPerTick : null;
    const ownMs = Number(frame.duration) * this.msPerTick;
    const durationMs = ownMs > 0 ? ownMs : this.framesPerSecond > 0 ? 1000 / this.framesPerSecond : 40;
    assumeColours(frame, this.stream.codecpar.codecId);
    // Interlaced film and Adam7 PNG carry this flag, and swscale makes no plain picture of one that does.
    frame.clearFlags(AV_FRAME_FLAG_INTERLACED);
    const turned = await this.turned(frame);
    return { frame: turned, mediaMs, durationMs, decodeMs: performance.now() - began };
  }

  private async turned(frame: AvFrame): Promise<AvFrame> {
    // A photo's EXIF orientation and a telephone's note for the whole video both come with the frame.
    const own = turnOfDisplayMatrix(frame.getSideData(AV_FRAME_DATA_DISPLAYMATRIX));
    const description = filtersOf(combine(own, this.turn));
    if (!description) return frame;
    if (this.filter?.description !== description) {
      this.filter?.api.close();
      this.filter = { description, api: FilterAPI.create(description, { threads: 1 }) };
    }
    frame.timeBase = this.stream.timeBase;
    const [result] = await this.filter.api.processAll(frame);
    if (!result) throw new Error('the picture could not be turned');
    result.colorSpace = frame.colorSpace;
    result.colorRange = frame.colorRange;
    frame.free();
    return result;
  }
}
