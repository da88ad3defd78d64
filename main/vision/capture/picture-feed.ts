import type { Frame as AvFrame } from 'node-av/lib';
import type { FedPicture, Feed } from './feed.ts';
import { LeftOutPictures } from './left-out-pictures.ts';
import { Pacer } from './pacer.ts';
import { nothingToShow, openPicture, versionOf } from './picture-file.ts';
import { pictureFiles, placeAfter } from './picture-files.ts';
import type { Turn } from './picture-turn.ts';

/** How often a still picture is delivered while it is shown. */
const framesPerSecond = 5;
/** How long each picture is shown. */
export const defaultShowMs = 5000;
/** A picture that took long to decode is shown as long as the others. */
const mostBehindMs = 250;

/** @throws Error when there is no picture at all */
export async function openPictures(path: string, turn: Turn, showMs = defaultShowMs): Promise<Feed> {
  await pictureFiles(path);
  return new PictureFeed(path, turn, showMs);
}

interface ShownPicture {
  readonly file: string;
  readonly version: string | null;
  readonly frame: AvFrame;
}

/**
 * Shows pictures one after another, for ever; each is delivered again and again like the frames of a video. The folder
 * is looked into anew for each, so that pictures may come, change and go; one that cannot be read is left out.
 */
class PictureFeed implements Feed {
  readonly framesPerSecond = framesPerSecond;
  readonly skipped = 0;
  private readonly path: string;
  private readonly turn: Turn;
  private readonly showMs: number;
  private readonly pacer = new Pacer(mostBehindMs);
  private readonly leftOut = new LeftOutPictures();
  private shown: ShownPicture | null = null;
  private scene = 0;
  private timeMs = 0;
  private nextFileAtMs = 0;
  private closed = false;

  constructor(path: string, turn: Turn, showMs: number) {
    this.path = path;
    this.turn = turn;
    this.showMs = showMs;
  }

  get notice(): string | null {
    return this.leftOut.notice;
  }

  async next(): Promise<FedPicture | null> {
    const timeMs = this.timeMs;
    this.timeMs += 1000 / framesPerSecond;
    let decodeMs = 0;
    if (timeMs >= this.nextFileAtMs) {
      decodeMs = await this.turnPage();
      this.nextFileAtMs = timeMs + this.showMs;
    }
    if (!(await this.pacer.until(timeMs)) || !this.shown) return null;
    const frame = this.shown.frame.clone();
    if (!frame) throw new Error('There is no memory for a picture.');
    return { frame, timeMs, decodeMs, scene: this.scene };
  }

  interrupt(): void {
    this.closed = true;
    this.pacer.cancel();
  }

  async close(): Promise<void> {
    this.interrupt();
    this.shown?.frame.free();
    this.shown = null;
  }

  /**
   * Goes on to the next picture that can be read, which may be the same one.
   *
   * @returns the time spent on decoding it, ms
   * @throws Error when there is none any more
   */
  private async turnPage(): Promise<number> {
    const files = await pictureFiles(this.path);
    this.leftOut.keepOnly(files);
    const from = placeAfter(files, this.shown?.file ?? null);
    let reason = nothingToShow;
    for (let step = 0; step < files.length && !this.closed; step++) {
      const file = files[(from + step) % files.length] as string;
      const version = await versionOf(file);
      if (file === this.shown?.file && version === this.shown.version) return 0;
      if (this.leftOut.holds(file, version)) continue;
      try {
        return await this.show(file, version);
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
        this.leftOut.add(file, version, reason);
      }
    }
    if (this.closed) return 0;
    throw new Error(files.length === 1 ? reason : `None of the ${files.length} pictures can be shown. ${reason}`);
  }

  private async show(file: string, version: string | null): Promise<number> {
    const reader = await openPicture(file, this.turn);
    const picture = await reader.read().finally(() => reader.close());
    if (!picture) throw new Error(nothingToShow);
    this.shown?.frame.free();
    this.shown = { file, version, frame: picture.frame };
    this.scene++;
    this.leftOut.remove(file);
    return picture.decodeMs;
  }
}
