import { beforeEach, describe, expect, it } from 'vitest';
import type { FrameResult, PreviewPicture } from '../../contract/frame-result.ts';
import { operatorChannels, requestSchemas } from '../../contract/ipc.ts';
import { settingsSchema } from '../../contract/settings.ts';
import { LatencyMeter } from './latency.ts';
import { PictureFeed } from './picture-feed.ts';
import type { RequestHandlers } from './request-router.ts';
import { RequestError, RequestRouter } from './request-router.ts';
import { ResultFeed } from './result-feed.ts';
import type { SenderFacts } from './sender.ts';
import { isOwnPage } from './sender.ts';

const own = { webContentsId: 3, origin: 'app://vitrine' };
const page: SenderFacts = { webContentsId: 3, frame: { url: 'app://vitrine/index.html#live', isTop: true } };

describe('isOwnPage', () => {
  it('trusts the top frame of the own page', () => {
    expect(isOwnPage(page, own)).toBe(true);
  });

  it.each<[string, SenderFacts]>([
    ['another window', { ...page, webContentsId: 4 }],
    ['a frame within the page', { ...page, frame: { url: 'app://vitrine/index.html', isTop: false } }],
    ['another origin', { ...page, frame: { url: 'https://vitrine/index.html', isTop: true } }],
    ['an origin that begins like ours', { ...page, frame: { url: 'app://vitrine.example/index.html', isTop: true } }],
    ['no address', { ...page, frame: { url: '', isTop: true } }],
    ['a frame that is gone', { ...page, frame: null }],
  ])('does not trust %s', (_, sender) => {
    expect(isOwnPage(sender, own)).toBe(false);
  });

  it('trusts nobody while there is no window', () => {
    expect(isOwnPage(page, null)).toBe(false);
  });
});

describe('RequestRouter', () => {
  let unlocked: boolean;
  let calls: [string, unknown][];
  let logged: string[];
  let operatorSigns: number;
  let router: RequestRouter;

  beforeEach(() => {
    unlocked = true;
    calls = [];
    logged = [];
    operatorSigns = 0;
    const handlers = Object.fromEntries(
      Object.keys(requestSchemas).map((channel) => [
        channel,
        (argument: unknown) => {
          calls.push([channel, argument]);
          if (channel === 'cameras:list') throw new RequestError('no-engine', 'Wait a moment and try again.');
          if (channel === 'displays:list') throw new Error('secret detail');
          return null;
        },
      ]),
    ) as unknown as RequestHandlers;
    router = new RequestRouter({
      handlers,
      isTrusted: (sender) => isOwnPage(sender, own),
      isUnlocked: () => unlocked,
      onOperator: () => {
        operatorSigns += 1;
      },
      log: (level, message, detail) => logged.push(`${level} ${message} ${String(detail)}`),
    });
  });

  const codeOf = async (sender: SenderFacts, channel: unknown, argument?: unknown) => {
    const outcome = await router.handle(sender, channel, argument);
    return outcome.ok ? 'ok' : outcome.error.code;
  };

  it('passes a good request to its handler, parsed', async () => {
    const { access: _, ...settings } = settingsSchema.parse({});
    expect(await codeOf(page, 'settings:save', { ...settings, extra: 1 })).toBe('ok');
    expect(calls).toEqual([['settings:save', settings]]);
  });

  it('lets nobody but the own page ask', async () => {
    expect(await codeOf({ ...page, webContentsId: 9 }, 'kiosk:snapshot')).toBe('not-allowed');
    expect(calls).toEqual([]);
  });

  it.each(['kiosk:everything', '__proto__', 'toString', 7, null])('does not know the channel %j', async (channel) => {
    expect(await codeOf(page, channel)).toBe('unknown-request');
  });

  it.each<[string, unknown]>([
    ['operator:unlock', { pin: '12' }],
    ['operator:unlock', '1234'],
    ['operator:choose-pin', { pin: 'abcd' }],
    ['problems:dismiss', { code: 'something' }],
    ['source:choose-file', { kind: 'program' }],
    ['settings:save', { display: { id: 5 } }],
    ['kiosk:snapshot', { unexpected: true }],
  ])('refuses %s with a bad argument', async (channel, argument) => {
    expect(await codeOf(page, channel, argument)).toBe('bad-request');
    expect(calls).toEqual([]);
  });

  it.each(operatorChannels)('refuses %s while locked, before it looks at the argument', async (channel) => {
    unlocked = false;
    expect(await codeOf(page, channel, 'anything')).toBe('locked');
    expect(calls).toEqual([]);
    expect(operatorSigns).toBe(0);
  });

  it('takes requests of the operator, and only those, as a sign that somebody is at work', async () => {
    await codeOf(page, 'kiosk:snapshot');
    expect(operatorSigns).toBe(0);
    await codeOf(page, 'statistics:stored');
    expect(operatorSigns).toBe(1);
  });

  it('lets errors cross as data: those meant for the operator as they are, others without their detail', async () => {
    expect(await router.handle(page, 'cameras:list', undefined)).toEqual({
      ok: false,
      error: { code: 'no-engine', message: 'Wait a moment and try again.' },
    });
    const outcome = await router.handle(page, 'displays:list', undefined);
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(logged.join()).toContain('secret detail');
  });
});

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

describe('LatencyMeter', () => {
  it('gives the median and the 95th percentile of what was drawn, and begins anew', () => {
    const meter = new LatencyMeter();
    for (let sequence = 1; sequence <= 100; sequence += 1) {
      meter.sent(sequence, 0);
      meter.drawn(sequence, sequence);
    }
    expect(meter.take()).toEqual({ drawn: 100, medianMs: 50, p95Ms: 95 });
    expect(meter.take()).toBeNull();
  });

  it('takes no notice of results it did not send or that were drawn twice', () => {
    const meter = new LatencyMeter();
    meter.drawn(5, 1000);
    meter.sent(6, 0);
    meter.drawn(6, 20);
    meter.drawn(6, 9000);
    expect(meter.take()).toEqual({ drawn: 1, medianMs: 20, p95Ms: 20 });
  });
});
