import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Demuxer } from 'node-av/api';
import type { FedPicture, Feed } from './feed.ts';
import type { Haste } from './haste.ts';
import { hasteFor } from './haste.ts';
import type { MediaReaderOptions } from './media-reader.ts';
import { MediaReader } from './media-reader.ts';
import { mediumOf } from './medium.ts';
import type { Clock } from './pacer.ts';
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
  const demuxer = await Demuxer.open(resolve(path), options).catch(unreadable);
  return MediaReader.over(mediumOf(demuxer), reading);
}

/** Nothing is decoded so slowly: the machine was asleep. */
const asleepMs = 30_000;

/**
 * A video played in real time, again and again if wanted; its clock runs on over the joint without a gap. Where the machine
 * cannot decode it in time pictures are left out, so that the film is over when it should be.
 */
export class VideoFeed implements Feed {
  private readonly reader: MediaReader;
  private readonly loop: boolean;
  private readonly pacer: Pacer;
  private haste: Haste = 'none';
  /** In this round. Only then is a gap between two pictures one of ours, and not the film's own. */
  private hurried = false;
  private leftOut = 0;
  /** Added to the file's times in this round. */
  private offsetMs = 0;
  /** Of the last picture. */
  private timeMs = 0;
  /** Where the next round has to begin; only as exact as the file is about how long a picture lasts. */
  private endMs = 0;
  private picturesInRound = 0;
  /** Where this round began. */
  private roundMs = 0;

  /** @param clock for tests */
  constructor(reader: MediaReader, loop: boolean, clock?: Clock) {
    this.reader = reader;
    this.loop = loop;
    this.pacer = new Pacer(asleepMs, clock);
  }

  get skipped(): number {
    return this.leftOut;
  }

  get framesPerSecond(): number {
    return this.reader.framesPerSecond;
  }

  async next(): Promise<FedPicture | null> {
    const picture = (await this.reader.read()) ?? (await this.nextRound());
    if (!picture) return null;
    const mediaMs = picture.mediaMs ?? this.endMs - this.offsetMs;
    if (this.picturesInRound++ === 0) {
      this.offsetMs = this.endMs - mediaMs;
      this.roundMs = this.endMs;
    }
    const timeMs = Math.max(this.timeMs, mediaMs + this.offsetMs);
    if (this.hurried) this.leaveOutUntil(timeMs, picture.durationMs);
    this.haste = hasteFor(this.haste, this.pacer.behindMs(timeMs), this.reader.keyDistanceMs);
    this.hurried ||= this.haste !== 'none';
    this.reader.hurry(this.haste);
    this.timeMs = timeMs;
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

  private leaveOutUntil(timeMs: number, frameMs: number): void {
    const count = Math.round((timeMs - this.endMs) / frameMs);
    if (count <= 0 || !Number.isFinite(count)) return;
    this.leftOut += count;
    this.endMs = timeMs;
  }

  private async nextRound(): Promise<Awaited<ReturnType<MediaReader['read']>>> {
    if (this.picturesInRound === 0) throw new Error('Nothing in the file can be shown as a picture.');
    this.picturesInRound = 0;
    // After the last key picture there was none to jump to; the rest of the film was left out.
    if (this.reader.isJumping) this.leaveOutUntil(this.roundMs + this.reader.durationMs, 1000 / this.framesPerSecond);
    this.hurried = false;
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
