import { beforeEach, describe, expect, it } from 'vitest';
import type { PreviewPicture } from '../../contract/frame-result.ts';
import { PictureFeed } from './picture-feed.ts';

describe('PictureFeed', () => {
  const picture = (sequence: number): PreviewPicture => ({
    sequence,
    width: 2,
    height: 2,
    data: new ArrayBuffer(6),
    matrix: 'bt709',
    fullRange: false,
  });
  let time: number;
  let sent: number[];
  let feed: PictureFeed;
  let closed: number;
  const outlet = {
    postMessage: (one: PreviewPicture) => sent.push(one.sequence),
    close: () => {
      closed += 1;
    },
  };

  beforeEach(() => {
    time = 0;
    sent = [];
    closed = 0;
    feed = new PictureFeed(() => time);
  });

  it('sends nothing while nobody looks', () => {
    feed.offer(picture(1));
    feed.attach(outlet);
    feed.drawn(1);
    expect(sent).toEqual([]);
  });

  it('has at most two pictures in flight, and of those that waited only the newest', () => {
    feed.attach(outlet);
    for (let sequence = 1; sequence <= 6; sequence += 1) feed.offer(picture(sequence));
    expect(sent).toEqual([1, 2]);
    feed.drawn(1);
    expect(sent).toEqual([1, 2, 6]);
    feed.drawn(6);
    feed.offer(picture(7));
    expect(sent).toEqual([1, 2, 6, 7]);
  });

  it('does not wait for ever for a picture that was never drawn', () => {
    feed.attach(outlet);
    feed.offer(picture(1));
    feed.offer(picture(2));
    time = 1_000;
    feed.offer(picture(3));
    expect(sent).toEqual([1, 2, 3]);
  });

  it('starts afresh with a new page', () => {
    feed.attach(outlet);
    for (const sequence of [1, 2, 3]) feed.offer(picture(sequence));
    feed.attach(outlet);
    expect(closed).toBe(1);
    feed.offer(picture(4));
    expect(sent).toEqual([1, 2, 4]);
  });
});
