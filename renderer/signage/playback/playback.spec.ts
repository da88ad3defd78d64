import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { StageItem, StagePlay, StageReport, StageState } from '../../../contract/signage.ts';
import { systemClock } from './clock.ts';
import type { Layer, LayerEvents, Transition } from './layer.ts';
import { loadingForAtMostMs, Playback } from './playback.ts';
import { stalledAfterMs } from './stall-watch.ts';

/** A layer whose loading, ending and breaking the test decides. */
class FakeLayer implements Layer {
  item: StageItem | null = null;
  events: LayerEvents | null = null;
  seen: 'hidden' | 'over' | 'below' | 'going' = 'hidden';
  entered: Transition | null = null;
  offsetMs = 0;
  at: number | null = null;
  loads = 0;

  load(item: StageItem, offsetMs: number, events: LayerEvents): void {
    Object.assign(this, { item, offsetMs, events, seen: 'hidden', at: item.kind === 'video' ? 0 : null });
    this.loads += 1;
  }
  enter(transition: Transition): void {
    this.seen = 'over';
    this.entered = transition;
  }
  leave(): void {
    this.seen = 'below';
  }
  uncover(): void {
    this.seen = 'going';
  }
  clear(): void {
    Object.assign(this, { item: null, events: null, seen: 'hidden', at: null });
  }
  position(): number | null {
    return this.at;
  }
}

const item = (id: string, more: Partial<StageItem> = {}): StageItem => ({
  playlist: 'shop',
  id,
  kind: 'image',
  url: `signage://shop/${id}`,
  fit: 'cover',
  transition: { kind: 'fade', ms: 600 },
  volume: 0,
  loop: false,
  ...more,
});
const play = (number: number, what: StageItem, offsetMs = 0): StagePlay => ({
  play: number,
  item: what,
  reason: 'schedule',
  durationMs: 10_000,
  offsetMs,
});

const a = item('a');
const b = item('b');
const c = item('c');
const film = item('film', { kind: 'video' });
const builtIn = item('built-in', { kind: 'built-in', url: null });

function set(count = 3, reducedMotion = false) {
  const layers = Array.from({ length: count }, () => new FakeLayer());
  const reports: StageReport[] = [];
  const playback = new Playback({
    layers,
    clock: systemClock,
    report: (report) => reports.push(report),
    reducedMotion: () => reducedMotion,
  });
  let revision = 0;
  return {
    layers,
    reports,
    playback,
    say(current: StagePlay | null, next: StagePlay | null = null): StageState {
      revision += 1;
      const state = { screen: 'main', revision, current, next };
      playback.apply(state);
      return state;
    },
    with: (what: StageItem) => layers.find((layer) => layer.item?.id === what.id),
    ready: (what: StageItem) => layers.find((layer) => layer.item?.id === what.id)?.events?.ready(null),
    visible: () => layers.filter(({ seen }) => seen !== 'hidden').map((layer) => layer.item?.id),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe('Playback', () => {
  it('shows an item only once it is ready, and prepares the next after it has come in', () => {
    const stage = set();
    stage.say(play(1, a), play(2, b));
    expect(stage.visible()).toEqual([]);
    expect(stage.with(b)).toBeUndefined();
    stage.ready(a);
    expect(stage.visible()).toEqual(['a']);
    expect(stage.reports).toEqual([{ kind: 'started', play: 1, mediaMs: null }]);
    expect(stage.with(b)).toBeUndefined();
    vi.advanceTimersByTime(600);
    expect(stage.with(b)?.seen).toBe('hidden');
  });

  it('leaves the old item in place until the new one covers it', () => {
    const stage = set();
    stage.say(play(1, a));
    stage.ready(a);
    vi.advanceTimersByTime(600);
    stage.say(play(2, b));
    vi.advanceTimersByTime(3_000);
    expect(stage.visible()).toEqual(['a']);
    stage.ready(b);
    expect(stage.with(b)?.seen).toBe('over');
    expect(stage.with(a)?.seen).toBe('below');
    vi.advanceTimersByTime(599);
    expect(stage.visible()).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(stage.visible()).toEqual(['b']);
  });

  it('goes to a prepared item at once', () => {
    const stage = set();
    stage.say(play(1, a), play(2, b));
    stage.ready(a);
    vi.advanceTimersByTime(600);
    stage.ready(b);
    expect(stage.visible()).toEqual(['a']);
    stage.say(play(2, b), play(3, c));
    expect(stage.reports.at(-1)).toEqual({ kind: 'started', play: 2, mediaMs: null });
  });

  it('lets something urgent in without giving up what was to come next', () => {
    const stage = set();
    stage.say(play(1, a), play(2, b));
    stage.ready(a);
    vi.advanceTimersByTime(600);
    stage.ready(b);
    stage.say(play(3, c), play(4, b));
    stage.ready(c);
    expect(stage.with(c)?.seen).toBe('over');
    vi.advanceTimersByTime(600);
    expect(stage.with(b)?.loads).toBe(1);
    stage.say(play(4, b));
    expect(stage.reports.at(-1)).toMatchObject({ kind: 'started', play: 4 });
  });

  it('with two layers, gives up the next item for the one that is wanted now', () => {
    const stage = set(2);
    stage.say(play(1, a), play(2, b));
    stage.ready(a);
    vi.advanceTimersByTime(600);
    stage.say(play(3, c), play(4, b));
    stage.ready(c);
    vi.advanceTimersByTime(600);
    expect(stage.visible()).toEqual(['c']);
    expect(stage.with(b)).toBeDefined();
  });

  it('lets a transition end before the next begins', () => {
    const stage = set();
    stage.say(play(1, a));
    stage.ready(a);
    stage.say(play(2, b));
    vi.advanceTimersByTime(599);
    expect(stage.with(b)).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(stage.with(b)).toBeDefined();
  });

  it('takes no item that failed, says so once, and keeps the picture', () => {
    const stage = set();
    stage.say(play(1, a), play(2, b));
    stage.ready(a);
    vi.advanceTimersByTime(600);
    const broken = stage.with(b);
    const events = broken?.events;
    events?.failed('unplayable');
    events?.failed('unplayable');
    expect(stage.reports.slice(1)).toEqual([{ kind: 'failed', play: 2, reason: 'unplayable' }]);
    stage.say(play(2, b));
    expect(broken?.loads).toBe(1);
    expect(stage.visible()).toEqual(['a']);
  });

  it('gives up on an item that does not load in time', () => {
    const stage = set();
    stage.say(play(1, a));
    vi.advanceTimersByTime(loadingForAtMostMs);
    expect(stage.reports).toEqual([{ kind: 'failed', play: 1, reason: 'stalled' }]);
    stage.say(play(2, b));
    stage.ready(b);
    expect(stage.visible()).toEqual(['b']);
  });

  it('notices a film that stands still, and only then', () => {
    const stage = set();
    stage.say(play(1, film));
    stage.with(film)?.events?.ready(30_000);
    expect(stage.reports).toEqual([{ kind: 'started', play: 1, mediaMs: 30_000 }]);
    const layer = stage.with(film) as FakeLayer;
    for (let second = 1; second <= 8; second += 1) {
      layer.at = second * 1000;
      vi.advanceTimersByTime(1_000);
    }
    expect(stage.reports).toHaveLength(1);
    vi.advanceTimersByTime(stalledAfterMs + 1_000);
    expect(stage.reports.slice(1)).toEqual([{ kind: 'failed', play: 1, reason: 'stalled' }]);
    expect(stage.visible()).toEqual(['film']);
  });

  it('uncovers the built-in slide when what is on screen breaks', () => {
    const stage = set();
    stage.say(play(1, film));
    stage.with(film)?.events?.ready(30_000);
    vi.advanceTimersByTime(600);
    const layer = stage.with(film) as FakeLayer;
    layer.events?.failed('unplayable');
    expect(layer.seen).toBe('going');
    vi.advanceTimersByTime(1_000);
    expect(layer.seen).toBe('hidden');
  });

  it('uncovers the built-in slide when it is wanted, and covers it again', () => {
    const stage = set();
    stage.say(play(1, builtIn));
    expect(stage.reports).toEqual([{ kind: 'started', play: 1, mediaMs: null }]);
    stage.say(play(2, a));
    stage.ready(a);
    vi.advanceTimersByTime(600);
    stage.say(play(3, builtIn));
    expect(stage.with(a)?.seen).toBe('going');
    vi.advanceTimersByTime(1_000);
    expect(stage.visible()).toEqual([]);
  });

  it('shows one picture for play after play without loading it again, but a film from its beginning', () => {
    const stage = set();
    stage.say(play(1, a), play(2, a));
    stage.ready(a);
    vi.advanceTimersByTime(600);
    stage.say(play(2, a), play(3, a));
    expect(stage.layers.map(({ loads }) => loads)).toEqual([1, 0, 0]);
    expect(stage.reports.at(-1)).toMatchObject({ kind: 'started', play: 2 });

    stage.say(play(4, film), play(5, film));
    stage.with(film)?.events?.ready(5_000);
    vi.advanceTimersByTime(600);
    expect(stage.layers.filter((layer) => layer.item?.id === 'film')).toHaveLength(2);
  });

  it('loads a picture again whose file is another by now, and keeps the old one until then', () => {
    const stage = set();
    stage.say(play(1, a), play(2, a));
    stage.ready(a);
    vi.advanceTimersByTime(600);
    const replaced = item('a', { url: `${a.url}?2` });
    stage.say(play(2, replaced), play(3, replaced));
    expect(stage.reports).toHaveLength(1);
    stage.layers.find((layer) => layer.item?.url === replaced.url)?.events?.ready(null);
    expect(stage.reports.at(-1)).toMatchObject({ kind: 'started', play: 2 });
    vi.advanceTimersByTime(600);
    expect(stage.layers.map((layer) => layer.item?.url).filter(Boolean)).toEqual([replaced.url]);
  });

  it('tells of the end of a film on screen only', () => {
    const stage = set();
    stage.say(play(1, a), play(2, film));
    stage.ready(a);
    vi.advanceTimersByTime(600);
    stage.with(film)?.events?.ended();
    expect(stage.reports).toHaveLength(1);
    stage.ready(film);
    stage.say(play(2, film));
    stage.with(film)?.events?.ended();
    expect(stage.reports.at(-1)).toEqual({ kind: 'ended', play: 2 });
  });

  it('goes on in the middle of a play after the page was loaded anew', () => {
    const stage = set();
    stage.say(play(7, film, 12_000));
    expect(stage.with(film)?.offsetMs).toBe(12_000);
  });

  it('does not slide where less movement is wanted', () => {
    const stage = set(3, true);
    const sliding = item('sliding', { transition: { kind: 'slide', ms: 400 } });
    stage.say(play(1, sliding));
    stage.ready(sliding);
    expect(stage.with(sliding)?.entered).toEqual({ kind: 'fade', ms: 400 });
  });

  it('ignores states that were overtaken, and lets go of everything when nothing is to be shown', () => {
    const stage = set();
    stage.say(play(1, a), play(2, b));
    stage.ready(a);
    stage.playback.apply({ screen: 'main', revision: 1, current: play(9, c), next: null });
    expect(stage.visible()).toEqual(['a']);
    stage.say(null);
    expect(stage.visible()).toEqual([]);
    expect(stage.layers.every((layer) => layer.item === null)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('holds no more than its layers over a thousand plays', () => {
    const stage = set();
    const items = [a, b, c];
    for (let number = 1; number <= 1_000; number += 1) {
      stage.say(play(number, items[number % 3] as StageItem), play(number + 1, items[(number + 1) % 3] as StageItem));
      stage.ready(items[number % 3] as StageItem);
      vi.advanceTimersByTime(600);
      stage.ready(items[(number + 1) % 3] as StageItem);
      vi.advanceTimersByTime(1_000);
      expect(stage.visible()).toHaveLength(1);
      expect(vi.getTimerCount()).toBeLessThanOrEqual(2);
    }
    expect(stage.reports.filter(({ kind }) => kind === 'started')).toHaveLength(1_000);
  });
});
