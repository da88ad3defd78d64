import type { SourceSpec, SourceState } from '../../../contract/source.ts';
import type { BackoffLimits } from './backoff.ts';
import { Backoff } from './backoff.ts';
import { CapturedFrame } from './captured-frame.ts';
import type { FedPicture, Feed, FeedKind } from './feed.ts';
import type { FeedLimits } from './feed-watch.ts';
import { FeedWatch, fingerprintOf } from './feed-watch.ts';
import { FrameSlot } from './frame-slot.ts';
import type { Frame, FrameSource } from './frame-source.ts';
import { PictureConverter } from './picture-converter.ts';
import { StateTeller } from './source-state.ts';

export interface LiveTimings extends FeedLimits, BackoffLimits {
  /** How often silence and frozen pictures are looked for. */
  readonly checkMs: number;
  /** A feed that has run for so long is back: the next trouble begins with the shortest wait again. */
  readonly settledMs: number;
}

export const defaultLiveTimings: LiveTimings = {
  stallMs: 4000,
  frozenMs: 4000,
  checkMs: 500,
  firstMs: 500,
  maxMs: 30_000,
  settledMs: 5000,
};

/** A larger step between two frames of one feed is a break of its clock, not of the source's. */
const largestStepMs = 10_000;

/** Keeps one feed open: hands on its newest frame, watches it, and opens it again when it breaks or stalls. */
export class LiveSource implements FrameSource {
  private readonly kind: FeedKind;
  private readonly timings: LiveTimings;
  private readonly state: StateTeller;
  private readonly slot = new FrameSlot<Frame>((frame) => frame.release());
  private readonly converter: PictureConverter;
  private readonly backoff: Backoff;
  private readonly watch: FeedWatch;
  private running: Promise<void> | null = null;
  private feed: Feed | null = null;
  private closed = false;
  private readonly closing = new AbortController();
  /** By the feeds before the one that is open. */
  private skippedBefore = 0;
  private wake: (() => void) | null = null;
  /** Why the watch ended the feed, or null. */
  private trouble: string | null = null;
  private openedMs = 0;
  private lastCheckMs = 0;
  private timeMs = 0;
  private lastWallMs = performance.now();
  private count = 0;

  constructor(spec: SourceSpec, kind: FeedKind, timings: LiveTimings = defaultLiveTimings) {
    this.kind = kind;
    this.timings = timings;
    this.state = new StateTeller(spec);
    this.converter = new PictureConverter(spec.kind === 'images' ? 'full' : 'fast');
    this.backoff = new Backoff(timings);
    this.watch = new FeedWatch(timings);
  }

  get received(): number {
    return this.count + this.skipped;
  }

  get dropped(): number {
    return this.slot.dropped + this.skipped;
  }

  private get skipped(): number {
    return this.skippedBefore + (this.feed?.skipped ?? 0);
  }

  async open(onState: (state: SourceState) => void): Promise<void> {
    if (this.running) throw new Error('The source is open already.');
    this.state.listen(onState);
    this.running = this.run();
  }

  next(): Promise<Frame | null> {
    return this.slot.take();
  }

  async close(): Promise<void> {
    if (!this.closed) {
      this.closed = true;
      this.closing.abort();
      this.slot.close(true);
      this.wake?.();
      this.feed?.interrupt();
    }
    await this.running;
    this.converter.close();
    this.state.to('closed');
  }

  private async run(): Promise<void> {
    while (!this.closed) {
      const end = await this.playOnce();
      if (this.closed) break;
      if (end.final) {
        this.state.to(end.final, { detail: end.detail });
        break;
      }
      await this.waitForNextAttempt(end.detail);
    }
    this.slot.close();
  }

  /** From opening to the end of one feed. `final` is set when there is no use in opening it again. */
  private async playOnce(): Promise<{ final: 'ended' | 'failed' | null; detail: string | null }> {
    this.state.to('opening', { attempt: this.backoff.attempts });
    this.trouble = null;
    try {
      const feed = await this.openFeed();
      if (!feed) return { final: null, detail: null };
      this.feed = feed;
      try {
        if (!this.closed) await this.play(feed);
      } finally {
        this.skippedBefore += feed.skipped;
        this.feed = null;
        await feed.close();
      }
      if (this.trouble) return { final: null, detail: this.trouble };
      return this.kind.whenEnded === 'ended'
        ? { final: 'ended', detail: null }
        : { final: null, detail: 'The stream ended.' };
    } catch (error) {
      const detail = this.trouble ?? (error instanceof Error ? error.message : String(error));
      return { final: this.kind.whenBroken === 'fail' ? 'failed' : null, detail };
    }
  }

  /** @returns null if the source was closed meanwhile: a device can take seconds, and nobody shall wait for it then */
  private async openFeed(): Promise<Feed | null> {
    const { signal } = this.closing;
    const opening = this.kind.open(signal);
    const aborted = Promise.withResolvers<null>();
    const stop = () => aborted.resolve(null);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    const feed = await Promise.race([opening, aborted.promise]).finally(() =>
      signal.removeEventListener('abort', stop),
    );
    if (feed === null) void opening.then((late) => late.close()).catch(() => {});
    return feed;
  }

  private async play(feed: Feed): Promise<void> {
    this.openedMs = performance.now();
    this.watch.opened(this.openedMs);
    const check = this.kind.watched ? setInterval(() => this.look(feed), this.timings.checkMs) : null;
    try {
      let lastMs: number | null = null;
      for (let picture = await feed.next(); picture; picture = await feed.next()) {
        if (this.closed || this.trouble) {
          picture.frame.free();
          return;
        }
        this.hand(picture, lastMs, feed);
        lastMs = picture.timeMs;
      }
    } finally {
      if (check) clearInterval(check);
    }
  }

  private hand(picture: FedPicture, lastMs: number | null, feed: Feed): void {
    const wallMs = performance.now();
    // Within a feed its own clock counts; over a gap or a break of that clock, the wall clock.
    const step = lastMs === null || picture.timeMs === null ? Number.NaN : picture.timeMs - lastMs;
    const wallStep = this.count === 0 ? 0 : Math.max(1, wallMs - this.lastWallMs);
    this.timeMs += step > 0 && step < largestStepMs ? step : wallStep;
    this.lastWallMs = wallMs;
    this.count++;
    if (this.kind.watched) this.watch.frame(wallMs, this.fingerprint(picture, wallMs));
    const { width, height } = picture.frame;
    if (wallMs - this.openedMs >= this.timings.settledMs) this.backoff.reset();
    const detail = feed.notice ?? null;
    this.state.to('running', { width, height, framesPerSecond: feed.framesPerSecond, attempt: 0, detail });
    const { decodeMs, scene = 0 } = picture;
    const facts = { timeMs: this.timeMs, capturedAtMs: Date.now(), decodeMs, scene, origin: null };
    this.slot.put(new CapturedFrame(picture.frame, this.converter, facts));
  }

  private fingerprint({ frame }: FedPicture, wallMs: number): number | null {
    if (wallMs - this.lastCheckMs < this.timings.checkMs) return null;
    this.lastCheckMs = wallMs;
    const plane = frame.data?.[0];
    return plane ? fingerprintOf(plane, frame.linesize[0] ?? frame.width, frame.height) : null;
  }

  private look(feed: Feed): void {
    if (this.trouble) return;
    const verdict = this.watch.verdict(performance.now());
    if (verdict === 'fine') return;
    this.trouble =
      verdict === 'silent' ? 'No picture has come for some seconds.' : 'The picture has been frozen for some seconds.';
    this.state.to('stalled', { detail: this.trouble });
    feed.interrupt();
  }

  private async waitForNextAttempt(detail: string | null): Promise<void> {
    const delayMs = this.backoff.next();
    const status = this.trouble ? 'stalled' : 'waiting';
    this.state.to(status, { attempt: this.backoff.attempts, nextAttemptAtMs: Date.now() + delayMs, detail });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.closed) this.wake();
    });
    this.wake = null;
  }
}
