import type { FedPicture, Feed } from './feed.ts';
import { MediaReader } from './media-reader.ts';
import { openAddress } from './medium.ts';
import { Pacer } from './pacer.ts';
import type { Turn } from './picture-turn.ts';

/** For connecting and for each read, in microseconds as FFmpeg wants it. */
const timeoutUs = 5_000_000;

/** A network that was slow is not caught up with: what comes is shown from now on. */
const mostBehindMs = 250;

/** @throws Error when the stream cannot be reached or holds no picture, or `signal` was aborted meanwhile */
export async function openStream(url: string, turn: Turn, signal: AbortSignal): Promise<Feed> {
  const rtsp = /^rtsps?:/i.test(url);
  const options = {
    // Over TCP a lost packet is sent again; over UDP pictures would break.
    ...(rtsp ? { rtsp_transport: 'tcp', timeout: timeoutUs } : { rw_timeout: timeoutUs, multiple_requests: false }),
    probesize: 1_000_000,
    analyzeduration: 1_500_000,
  };
  const reader = await MediaReader.over(await openAddress(url, options, signal), { turn, threads: 1 });
  return new StreamFeed(reader, !rtsp && (reader.durationMs > 0 || reader.isSegmented));
}

/** A camera's stream comes at its own pace; a file that is served whole, or in large pieces, is held to its times. */
class StreamFeed implements Feed {
  readonly skipped = 0;
  private readonly reader: MediaReader;
  private readonly pacer: Pacer | null;

  constructor(reader: MediaReader, paced: boolean) {
    this.reader = reader;
    this.pacer = paced ? new Pacer(mostBehindMs) : null;
  }

  get framesPerSecond(): number {
    return this.reader.framesPerSecond;
  }

  async next(): Promise<FedPicture | null> {
    const picture = await this.reader.read();
    if (!picture) return null;
    const { mediaMs: timeMs } = picture;
    if (!this.pacer || timeMs === null || (await this.pacer.until(timeMs)))
      return { frame: picture.frame, timeMs, decodeMs: picture.decodeMs };
    picture.frame.free();
    return null;
  }

  interrupt(): void {
    this.pacer?.cancel();
    this.reader.interrupt();
  }

  close(): Promise<void> {
    this.pacer?.cancel();
    return this.reader.close();
  }
}
