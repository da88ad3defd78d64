import { beforeEach, describe, expect, it } from 'vitest';
import type { FrameResult } from '../../contract/frame-result.ts';
import { ResultFeed } from './result-feed.ts';

describe('ResultFeed', () => {
  const result = (sequence: number, endedTrackIds: number[] = []) =>
    ({ sequence, endedTrackIds, faces: [] }) as unknown as FrameResult;
  let time: number;
  let sent: FrameResult[];
  let feed: ResultFeed;

  beforeEach(() => {
    time = 0;
    sent = [];
    feed = new ResultFeed(
      (one) => sent.push(one),
      () => time,
    );
  });

  it('passes every result to a page that draws', () => {
    for (let sequence = 1; sequence <= 100; sequence += 1) {
      feed.offer(result(sequence));
      feed.drawn(sequence);
    }
    expect(sent).toHaveLength(100);
  });

  it('does not pile up results before a page that is stuck, and loses no end of a track', () => {
    for (let sequence = 1; sequence <= 100; sequence += 1) feed.offer(result(sequence, [sequence]));
    expect(sent).toHaveLength(10);
    feed.drawn(10);
    feed.offer(result(101, [101]));
    expect(sent).toHaveLength(11);
    expect(sent.at(-1)?.endedTrackIds).toEqual(Array.from({ length: 91 }, (_, index) => index + 11));
  });

  it('looks once a second whether the page is back', () => {
    for (let sequence = 1; sequence <= 20; sequence += 1) feed.offer(result(sequence));
    time = 1_000;
    feed.offer(result(21));
    feed.offer(result(22));
    expect(sent.map((one) => one.sequence).slice(-2)).toEqual([10, 21]);
  });
});
