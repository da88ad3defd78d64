import { describe, expect, it } from 'vitest';
import { FeedWatch, fingerprintOf } from './feed-watch.ts';

const limits = { stallMs: 4000, frozenMs: 4000 };

describe('FeedWatch', () => {
  it('finds a feed silent that delivers nothing from the start', () => {
    const watch = new FeedWatch(limits);
    watch.opened(1000);
    expect(watch.verdict(4900)).toBe('fine');
    expect(watch.verdict(5000)).toBe('silent');
  });

  it('finds a feed silent some seconds after its last frame', () => {
    const watch = new FeedWatch(limits);
    watch.opened(0);
    for (let ms = 0; ms <= 10_000; ms += 100) watch.frame(ms, ms);
    expect(watch.verdict(13_900)).toBe('fine');
    expect(watch.verdict(14_000)).toBe('silent');
  });

  it('does not take silence for a frozen picture where the last frames looked alike', () => {
    const watch = new FeedWatch(limits);
    watch.opened(0);
    for (let ms = 0; ms <= 2000; ms += 100) watch.frame(ms, 42);
    expect(watch.verdict(5900)).toBe('fine');
    expect(watch.verdict(6000)).toBe('silent');
  });

  it('finds a feed frozen that shows the same picture again and again', () => {
    const watch = new FeedWatch(limits);
    watch.opened(0);
    for (let ms = 0; ms <= 4000; ms += 100) watch.frame(ms, 42);
    expect(watch.verdict(3900)).toBe('fine');
    expect(watch.verdict(4000)).toBe('frozen');
  });

  it('takes a change of one picture as life', () => {
    const watch = new FeedWatch(limits);
    watch.opened(0);
    for (let ms = 0; ms <= 3000; ms += 100) watch.frame(ms, 42);
    watch.frame(3100, 43);
    for (let ms = 3200; ms <= 7000; ms += 100) watch.frame(ms, 42);
    expect(watch.verdict(7000)).toBe('fine');
  });

  it('does not reopen a scene that is really still every few seconds', () => {
    const watch = new FeedWatch(limits);
    const frozenAfter = [0, 0, 0].map(() => {
      watch.opened(0);
      for (let ms = 0; ; ms += 100) {
        watch.frame(ms, 42);
        if (watch.verdict(ms) === 'frozen') return ms;
      }
    });
    expect(frozenAfter).toEqual([4000, 8000, 16_000]);
  });

  it('ignores frames that were not looked at when it judges freezing', () => {
    const watch = new FeedWatch(limits);
    watch.opened(0);
    for (let ms = 0; ms <= 9000; ms += 100) watch.frame(ms, null);
    expect(watch.verdict(9000)).toBe('fine');
  });
});

describe('fingerprintOf', () => {
  it('sees noise of one level and is the same for the same picture', () => {
    const plane = new Uint8Array(640 * 360).map((_, index) => index % 251);
    const noisy = plane.map((value, index) => (index % 3 === 0 ? value + 1 : value));
    expect(fingerprintOf(plane.slice(), 640, 360)).toBe(fingerprintOf(plane, 640, 360));
    expect(fingerprintOf(noisy, 640, 360)).not.toBe(fingerprintOf(plane, 640, 360));
  });
});
