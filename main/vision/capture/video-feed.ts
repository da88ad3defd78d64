import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Demuxer } from 'node-av/api';
import type { FedPicture, Feed } from './feed.ts';
import type { MediaReaderOptions } from './media-reader.ts';
import { MediaReader } from './media-reader.ts';
import { Pacer } from './pacer.ts';

/** @throws Error in plain words where there is no such file */
export async function openFile(path: string, reading: MediaReaderOptions): Promise<MediaReader> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw new Error('There is no such file.');
    throw new Error(`The file cannot be read (${error.code ?? error.message}).`);
  });
  if (found.isDirectory()) throw new Error('It is a folder, not a file.');
  if (found.size === 0) throw new Error('The file is empty.');
  // Without a pattern type, `%d` in a file name would stand for a row of numbered pictures.
  const options = { options: { pattern_type: 'none' } };
  return MediaReader.over(await Demuxer.open(resolve(path), options).catch(unreadable), reading);
}

/** A video played in real time, again and again if wanted; its clock runs on over the joint without a gap. */
export class VideoFeed implements Feed {
  private readonly reader: MediaReader;
  private readonly loop: boolean;
  private readonly pacer = new Pacer();
  /** Added to the file's times in this round; where the next round has to begin. */
  private offsetMs = 0;
  private endMs = 0;
  private picturesInRound = 0;

  constructor(reader: MediaReader, loop: boolean) {
    this.reader = reader;
    this.loop = loop;
  }

  get framesPerSecond(): number {
    return this.reader.framesPerSecond;
  }

  async next(): Promise<FedPicture | null> {
    const picture = (await this.reader.read()) ?? (await this.nextRound());
    if (!picture) return null;
    const mediaMs = picture.mediaMs ?? this.endMs - this.offsetMs;
    if (this.picturesInRound++ === 0) this.offsetMs = this.endMs - mediaMs;
    const timeMs = Math.max(this.endMs, mediaMs + this.offsetMs);
    this.endMs = timeMs + picture.durationMs;
    if (await this.pacer.until(timeMs)) return { frame: picture.frame, timeMs, decodeMs: picture.decodeMs };
    picture.frame.free();
    return null;
  }

  interrupt(): void {
    this.pacer.cancel();
    this.reader.interrupt();
  }

  close(): Promise<void> {
    this.pacer.cancel();
    return this.reader.close();
  }

  private async nextRound(): Promise<Awaited<ReturnType<MediaReader['read']>>> {
    if (this.picturesInRound === 0) throw new Error('Nothing in the file can be shown as a picture.');
    this.picturesInRound = 0;
    if (!this.loop || !(await this.reader.rewind())) return null;
    const first = await this.reader.read();
    if (!first) throw new Error('The file cannot be played again.');
    return first;
  }
}

function unreadable(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new Error(`The file is damaged or of a kind that cannot be read here (${reason}).`);
}
