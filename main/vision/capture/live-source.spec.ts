import { AV_PIX_FMT_GRAY8 } from 'node-av/constants';
import { Frame as AvFrame } from 'node-av/lib';
import { afterEach, describe, expect, it } from 'vitest';
import type { SourceState } from '../../../contract/source.ts';
import type { FedPicture, Feed, FeedKind } from './feed.ts';
import type { LiveTimings } from './live-source.ts';
import { LiveSource } from './live-source.ts';

/** Everything a hundred times faster than in a shop. */
const timings: LiveTimings = { stallMs: 60, frozenMs: 60, checkMs: 5, firstMs: 5, maxMs: 40, settledMs: 1e9 };

type Step = { readonly timeMs: number; readonly grey: number } | 'end' | 'break' | 'silence';

function picture(timeMs: number, grey: number): FedPicture {
  const frame = AvFrame.fromVideoBuffer(Buffer.alloc(64 * 36, grey), {
    width: 64,
    height: 36,
    format: AV_PIX_FMT_GRAY8,
  });
  return { frame, timeMs, decodeMs: 1 };
}

/** Plays the given steps, a picture every few ms; then it waits for an interruption. */
class ScriptedFeed implements Feed {
  readonly framesPerSecond = 30;
  skipped = 0;
  closed = 0;
  private readonly steps: Step[];
  private readonly stop = Promise.withResolvers<void>();

  constructor(steps: readonly Step[]) {
    this.steps = [...steps];
  }

  async next(): Promise<FedPicture | null> {
    await new Promise((resolve) => setTimeout(resolve, 2));
    const step = this.steps.shift() ?? 'silence';
    if (step === 'end') return null;
    if (step === 'break') throw new Error('the cable was pulled');
    if (step !== 'silence') return picture(step.timeMs, step.grey);
    await this.stop.promise;
    throw new Error('interrupted');
  }

  interrupt(): void {
    this.stop.resolve();
  }

  async close(): Promise<void> {
    this.closed++;
  }
}

const frames = (count: number, from = 0): Step[] =>
  Array.from({ length: count }, (_, index) => ({ timeMs: from + index * 40, grey: index }));

/** Opens one script after another; an Error is a failed opening; the last one is repeated. */
function scripted(openings: readonly (readonly Step[] | Error)[], kind: Partial<FeedKind> = {}) {
  const feeds: ScriptedFeed[] = [];
  let opened = 0;
  const feedKind: FeedKind = {
    whenBroken: 'wait',
    whenEnded: 'reopen',
    watched: true,
    async open() {
      const script = openings[Math.min(opened++, openings.length - 1)];
      if (script instanceof Error || !script) throw script;
      feeds.push(new ScriptedFeed(script));
      return feeds.at(-1) as ScriptedFeed;
    },
    ...kind,
  };
  const source = new LiveSource({ kind: 'stream', url: 'http://me:secret@host/live' }, feedKind, timings);
  const states: SourceState[] = [];
  toClose.push(source);
  return { source, states, feeds, open: () => source.open((state) => states.push(state)), openings: () => opened };
}

const toClose: LiveSource[] = [];
afterEach(async () => {
  await Promise.all(toClose.splice(0).map((source) => source.close()));
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const statuses = (states: readonly SourceState[]) => states.map(({ status }) => status);

describe('LiveSource', () => {
  it('hands out frames and tells how it goes, to the end of a video', async () => {
    const { source, states, open } = scripted([[...frames(3), 'end']], {
      whenBroken: 'fail',
      whenEnded: 'ended',
      watched: false,
    });
    await open();
    const times: number[] = [];
    for (let frame = await source.next(); frame; frame = await source.next()) {
      times.push(frame.timeMs);
      expect([frame.width, frame.height]).toEqual([64, 36]);
      frame.release();
    }
    expect(times).toEqual([0, 40, 80]);
    expect(statuses(states)).toEqual(['opening', 'running', 'ended']);
    expect(states[1]).toMatchObject({ width: 64, height: 36, framesPerSecond: 30, label: 'host', attempt: 0 });
  });

  it('drops frames that nobody takes and counts them', async () => {
    const { source, states, open } = scripted([[...frames(10), 'end']], {
      whenBroken: 'fail',
      whenEnded: 'ended',
      watched: false,
    });
    await open();
    await until(() => states.at(-1)?.status === 'ended');
    expect(source.received).toBe(10);
    expect(source.dropped).toBe(9);
    const last = await source.next();
    expect(last?.timeMs).toBe(360);
    last?.release();
    expect(await source.next()).toBeNull();
  });

  it('waits for a missing device with growing pauses and picks it up', async () => {
    const missing = new Error('no such device');
    const { source, states, open } = scripted([missing, missing, missing, [...frames(2)]], { watched: false });
    await open();
    const frame = await source.next();
    frame?.release();
    expect(statuses(states)).toEqual([
      'opening',
      'waiting',
      'opening',
      'waiting',
      'opening',
      'waiting',
      'opening',
      'running',
    ]);
    const waits = states.filter(({ status }) => status === 'waiting');
    expect(waits.map(({ attempt, detail }) => [attempt, detail])).toEqual(
      [1, 2, 3].map((attempt) => [attempt, 'no such device']),
    );
    expect(waits.every(({ nextAttemptAtMs }) => nextAttemptAtMs !== null)).toBe(true);
    expect(states.at(-1)?.attempt).toBe(0);
  });

  it('gives up a file that cannot be opened, with the reason', async () => {
    const { source, states, open, openings } = scripted([new Error('it is damaged')], {
      whenBroken: 'fail',
      watched: false,
    });
    await open();
    expect(await source.next()).toBeNull();
    expect(states.at(-1)).toMatchObject({ status: 'failed', detail: 'it is damaged' });
    expect(openings()).toBe(1);
  });

  it('opens a feed again that falls silent', async () => {
    const { source, states, feeds, open } = scripted([[...frames(2), 'silence'], frames(2, 5000)]);
    await open();
    const times: number[] = [];
    while (times.length < 3) {
      const frame = await source.next();
      times.push(frame?.timeMs ?? Number.NaN);
      frame?.release();
    }
    expect(statuses(states)).toContain('stalled');
    expect(states.find(({ status }) => status === 'stalled')?.detail).toContain('No picture');
    expect(feeds[0]?.closed).toBe(1);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('opens a feed again that is frozen on one picture', async () => {
    const frozen = Array.from({ length: 400 }, (_, index) => ({ timeMs: index * 40, grey: 7 }));
    const { states, open } = scripted([frozen, frames(3)]);
    await open();
    await until(() => statuses(states).includes('stalled'));
    expect(states.find(({ status }) => status === 'stalled')?.detail).toContain('frozen');
    await until(() => states.at(-1)?.status === 'running');
  });

  it('opens a feed again that breaks, and its clock never goes back', async () => {
    const { source, open } = scripted([[...frames(3, 100_000), 'break'], [...frames(3, 0), 'break'], frames(3, 50)]);
    await open();
    const times: number[] = [];
    while (times.length < 5) {
      const frame = await source.next();
      times.push(frame?.timeMs ?? Number.NaN);
      frame?.release();
    }
    expect(times[0]).toBe(0);
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] as number))).toBe(true);
  });

  it('ends at once when it is closed, also while it waits or connects', async () => {
    const hanging = scripted([[]], { open: () => new Promise<Feed>(() => {}) });
    await hanging.open();
    const taken = hanging.source.next();
    await hanging.source.close();
    expect(await taken).toBeNull();
    const waiting = scripted([new Error('gone')]);
    await waiting.open();
    await until(() => waiting.states.at(-1)?.status === 'waiting');
    await waiting.source.close();
    expect(waiting.states.at(-1)?.status).toBe('closed');
    await waiting.source.close();
  });

  it('never says a password', async () => {
    const { states, open } = scripted([new Error('http://me:secret@host/live refused')]);
    await open();
    await until(() => states.length > 1);
    expect(JSON.stringify(states)).not.toContain('secret');
  });
});
