import type { Frame as AvFrame } from 'node-av/lib';

export interface FedPicture {
  /** Owned by the receiver. */
  readonly frame: AvFrame;
  /** On the feed's own clock, ms; may start anywhere. Null where the picture carries no time, as RTSP's first. */
  readonly timeMs: number | null;
  readonly decodeMs: number;
  /** As in `Frame`; missing where pictures always go on from each other. */
  readonly scene?: number;
}

/** One opening of a live source: delivers pictures when they are due, until it ends or breaks. */
export interface Feed {
  /** 0 where unknown. */
  readonly framesPerSecond: number;
  /** Pictures that were left out, undecoded, to stay on time. */
  readonly skipped: number;
  /** What is wrong although it plays, as one sentence for the log; null or missing where nothing is. */
  readonly notice?: string | null;
  /** @returns the next picture at its time, or null at the end. @throws Error when the feed breaks */
  next(): Promise<FedPicture | null>;
  /** Makes a `next` that waits give up (it returns null or throws). */
  interrupt(): void;
  close(): Promise<void>;
}

/** What kind of live source it is, and how its troubles are met. */
export interface FeedKind {
  /** @param signal aborted when nobody waits for it any more */
  open(signal: AbortSignal): Promise<Feed>;
  /** `wait`: try again with back-off, for ever; `fail`: a thing that cannot be opened will not open the next time. */
  readonly whenBroken: 'wait' | 'fail';
  /** What it means that the feed ends by itself. */
  readonly whenEnded: 'ended' | 'reopen';
  /** Whether silence and frozen pictures are signs of trouble. */
  readonly watched: boolean;
}
