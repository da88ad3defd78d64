import type { Frame as AvFrame } from 'node-av/lib';
import type { PreviewPicture } from '../../../contract/frame-result.ts';
import type { Frame } from './frame-source.ts';
import type { PictureConverter, RgbLoan } from './picture-converter.ts';

export interface FrameFacts {
  readonly timeMs: number;
  readonly capturedAtMs: number;
  readonly decodeMs: number;
  readonly scene: number;
  readonly origin: Frame['origin'];
}

/** A decoded picture and what has been made of it so far. */
export class CapturedFrame implements Frame {
  readonly timeMs: number;
  readonly capturedAtMs: number;
  readonly decodeMs: number;
  readonly scene: number;
  readonly origin: Frame['origin'];
  readonly width: number;
  readonly height: number;
  private readonly picture: AvFrame;
  private readonly converter: PictureConverter;
  private readonly loans = new Map<string, RgbLoan>();
  private released = false;

  /** Takes over the picture and frees it on release. */
  constructor(picture: AvFrame, converter: PictureConverter, facts: FrameFacts) {
    this.picture = picture;
    this.converter = converter;
    this.width = picture.width;
    this.height = picture.height;
    this.timeMs = facts.timeMs;
    this.capturedAtMs = facts.capturedAtMs;
    this.decodeMs = facts.decodeMs;
    this.scene = facts.scene;
    this.origin = facts.origin;
  }

  rgb(): Uint8Array {
    return this.scaledRgb(this.width, this.height);
  }

  scaledRgb(width: number, height: number): Uint8Array {
    if (this.released) throw new Error('The frame has been released.');
    const key = `${width}x${height}`;
    const loan = this.loans.get(key) ?? this.converter.rgb(this.picture, width, height);
    this.loans.set(key, loan);
    return loan.data;
  }

  preview(maxHeight: number): Omit<PreviewPicture, 'sequence'> {
    if (this.released) throw new Error('The frame has been released.');
    return this.converter.preview(this.picture, maxHeight);
  }

  release(): void {
    if (this.released) return;
    this.released = true;
    for (const loan of this.loans.values()) loan.giveBack();
    this.loans.clear();
    this.picture.free();
  }
}
