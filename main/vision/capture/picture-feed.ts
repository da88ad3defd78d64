import type { FedPicture, Feed } from './feed.ts';
import { Pacer } from './pacer.ts';
import { pictureFiles } from './picture-files.ts';
import type { Turn } from './picture-turn.ts';
import { openFile } from './video-feed.ts';

/** How often a still picture is delivered while it is shown, and for how long. */
const framesPerSecond = 5;
const showMs = 5000;
/** A picture that took long to decode is shown as long as the others. */
const mostBehindMs = 250;

/** @throws Error when there is no picture at all */
export async function openPictures(path: string, turn: Turn): Promise<Feed> {
  return new PictureFeed(await pictureFiles(path), turn);
}

/** Shows pictures one after another, for ever; each is delivered again and again like the frames of a video. */
class PictureFeed implements Feed {
  readonly framesPerSecond = framesPerSecond;
  readonly skipped = 0;
  private readonly files: readonly string[];
  private readonly turn: Turn;
  private readonly pacer = new Pacer(mostBehindMs);
  private shown: FedPicture | null = null;
  private number = -1;
  private timeMs = 0;
  private nextFileAtMs = 0;
  private closed = false;

  constructor(files: readonly string[], turn: Turn) {
    this.files = files;
    this.turn = turn;
  }

  async next(): Promise<FedPicture | null> {
    const timeMs = this.timeMs;
    this.timeMs += 1000 / framesPerSecond;
    const due = !this.shown || (timeMs >= this.nextFileAtMs && this.files.length > 1);
    if (due) {
      await this.turnPage();
      this.nextFileAtMs = timeMs + showMs;
    }
    if (!(await this.pacer.until(timeMs)) || !this.shown) return null;
    const frame = this.shown.frame.clone();
    if (!frame) throw new Error('There is no memory for a picture.');
    return { frame, timeMs, decodeMs: due ? this.shown.decodeMs : 0 };
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

  /** Goes on to the next picture that can be read. @throws the last error when none can */
  private async turnPage(): Promise<void> {
    let failure: unknown = null;
    for (let tries = 0; tries < this.files.length && !this.closed; tries++) {
      this.number = (this.number + 1) % this.files.length;
      try {
        const reader = await openFile(this.files[this.number] as string, this.turn, 1);
        const picture = await reader.read().finally(() => reader.close());
        if (!picture) throw new Error('Nothing in the file can be shown as a picture.');
        this.shown?.frame.free();
        this.shown = { frame: picture.frame, timeMs: 0, decodeMs: picture.decodeMs };
        return;
      } catch (error) {
        failure = error;
      }
    }
    if (failure) throw failure;
  }
}
