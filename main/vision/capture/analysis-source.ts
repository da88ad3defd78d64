import type { SourceSpec, SourceState } from '../../../contract/source.ts';
import { CapturedFrame } from './captured-frame.ts';
import type { Frame, FrameSource } from './frame-source.ts';
import type { DecodedPicture, MediaReader } from './media-reader.ts';
import { PictureConverter } from './picture-converter.ts';
import { nothingToShow, openPicture } from './picture-file.ts';
import { pictureFiles } from './picture-files.ts';
import type { Turn } from './picture-turn.ts';
import { StateTeller } from './source-state.ts';
import { openFile } from './video-feed.ts';

export interface AnalysisOptions {
  readonly turn: Turn;
  /** Only every n-th frame of each file is handed out, beginning with the first. */
  readonly every: number;
  /** Told of a file that cannot be read; the others go on. Without it the first such file ends the source as failed. */
  readonly onFileError?: ((file: string, message: string) => void) | undefined;
}

/**
 * Reads files as fast as they are wanted: every frame is delivered, and decoding waits for the taker with one frame ready
 * in advance. The clock of a file starts at 0; that of a folder runs on from file to file.
 */
export class AnalysisSource implements FrameSource {
  private readonly spec: SourceSpec;
  private readonly files: () => Promise<readonly string[]>;
  private readonly options: AnalysisOptions;
  private readonly state: StateTeller;
  private readonly converter: PictureConverter;
  private queue: string[] | null = null;
  private reader: MediaReader | null = null;
  private file = '';
  private index = 0;
  private firstMs: number | null = null;
  private offsetMs = 0;
  private lastMs = 0;
  private endMs = 0;
  private delivered = 0;
  private ahead: Promise<Frame | null> | null = null;
  private closing = false;

  constructor(spec: SourceSpec, path: string, options: AnalysisOptions) {
    this.spec = spec;
    this.files = spec.kind === 'images' ? () => pictureFiles(path) : async () => [path];
    this.options = options;
    this.state = new StateTeller(spec);
    this.converter = new PictureConverter(spec.kind === 'images' ? 'full' : 'fast');
  }

  get received(): number {
    return this.delivered;
  }

  readonly dropped = 0;

  async open(onState: (state: SourceState) => void): Promise<void> {
    this.state.listen(onState);
    this.state.to('opening');
    this.ahead ??= this.decode();
  }

  async next(): Promise<Frame | null> {
    if (this.closing) return null;
    const frame = await (this.ahead ?? this.decode());
    this.ahead = frame && !this.closing ? this.decode() : Promise.resolve(null);
    if (frame && this.closing) {
      frame.release();
      return null;
    }
    if (frame) this.delivered++;
    return frame;
  }

  async close(): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    this.reader?.interrupt();
    (await this.ahead)?.release();
    await this.endFile();
    this.converter.close();
    this.state.to('closed');
  }

  /** The next wanted frame of the next readable file; null at the end. */
  private async decode(): Promise<Frame | null> {
    while (!this.closing) {
      try {
        if (!this.reader && !(await this.openNextFile())) {
          this.state.to('ended');
          return null;
        }
        const frame = await this.readWanted();
        if (frame) return frame;
        if (this.index === 0 && !this.closing) throw new Error(nothingToShow);
        await this.endFile();
      } catch (error) {
        await this.endFile();
        if (this.closing) return null;
        const message = error instanceof Error ? error.message : String(error);
        if (!this.options.onFileError || this.queue === null) {
          this.state.to('failed', { detail: message });
          this.queue = [];
          return null;
        }
        this.options.onFileError(this.file, message);
      }
    }
    return null;
  }

  private async openNextFile(): Promise<boolean> {
    if (this.state.current.status === 'failed') return false;
    this.queue ??= [...(await this.files())];
    const file = this.queue.shift();
    if (file === undefined) return false;
    this.file = file;
    this.index = 0;
    this.firstMs = null;
    this.offsetMs = this.endMs;
    const { turn } = this.options;
    this.reader =
      this.spec.kind === 'images' ? await openPicture(file, turn) : await openFile(file, { turn, threads: 2 });
    return true;
  }

  private async readWanted(): Promise<Frame | null> {
    for (let picture = await this.reader?.read(); picture; picture = await this.reader?.read()) {
      const index = this.index++;
      const timeMs = this.timeOf(picture);
      if (index % this.options.every === 0) return this.frameOf(picture, index, timeMs);
      picture.frame.free();
    }
    return null;
  }

  private timeOf({ mediaMs, durationMs }: DecodedPicture): number {
    const ownMs = mediaMs ?? this.endMs - this.offsetMs;
    this.firstMs ??= ownMs;
    const timeMs = Math.max(this.lastMs, this.offsetMs + ownMs - this.firstMs);
    this.lastMs = timeMs;
    this.endMs = Math.max(this.endMs, timeMs + durationMs);
    return timeMs;
  }

  private frameOf(picture: DecodedPicture, index: number, timeMs: number): Frame {
    const { width, height } = picture.frame;
    this.state.to('running', { width, height, framesPerSecond: this.reader?.framesPerSecond ?? 0 });
    const origin = { file: this.file, index };
    return new CapturedFrame(picture.frame, this.converter, {
      timeMs,
      capturedAtMs: Date.now(),
      decodeMs: picture.decodeMs,
      scene: 0,
      origin,
    });
  }

  private async endFile(): Promise<void> {
    const reader = this.reader;
    this.reader = null;
    await reader?.close();
  }
}
