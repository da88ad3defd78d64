import { beforeEach, describe, expect, it } from 'vitest';
import { type Playlist, playlistSchema, type StageState } from '../../contract/signage.ts';
import { ManualClock } from '../vision/manual-clock.ts';
import { Director } from './director.ts';

let clock: ManualClock;
let playlist: Playlist;
/** Items whose time it is not. */
let off: Set<string>;
let shown: string[];
let begun: number;
/** What has left the screen: how long it was shown, and whether that was all of its time. */
let ended: string[];
let director: Director;

const picture = (id: string, more: object = {}) => ({ id, kind: 'image', name: id, file: `${id}.png`, ...more });
const audience = { when: { kind: 'group', conditions: [{ kind: 'count', count: 1 }] } };
const playlistOf = (...items: object[]) => playlistSchema.parse({ name: 'Window', leastShowMs: 1_000, items });

/** A page that shows at once what it is told to. */
function show({ current }: StageState): void {
  if (!current || current.play === begun) return;
  begun = current.play;
  shown.push(current.item.id);
  director.report({ kind: 'started', play: current.play, mediaMs: null });
}

beforeEach(() => {
  clock = new ManualClock();
  off = new Set();
  shown = [];
  begun = -1;
  ended = [];
  let plays = 0;
  director = new Director({
    screen: 'main',
    clock,
    wallNow: () => clock.now(),
    nextNumber: () => ++plays,
    playlist: () => ({ id: 'window', playlist }),
    isDue: (schedule) => playlist.items.every((item) => item.schedule !== schedule || !off.has(item.id)),
    isPlayable: () => true,
    versionOf: () => '',
    triggerOf: () => null,
    onState: show,
    onFailed: () => {},
    onBegan: () => {},
    onWorks: () => {},
    onEnded: ({ item, completed }, ms) => ended.push(`${item?.id} ${ms} ${completed ? 'completed' : 'cut short'}`),
  });
});

/** Time passes, and the director is asked as often as in the running application. */
function pass(seconds: number): void {
  for (let ticks = 0; ticks < seconds * 5; ticks += 1) {
    clock.pass(200);
    director.tick();
  }
}

describe('items of a higher priority', () => {
  it('cut in, and the others go on where they were', () => {
    playlist = playlistOf(...['a', 'b', 'c', 'd'].map((id) => picture(id)), picture('x', { priority: 5 }));
    off.add('x');
    director.start();
    for (let round = 0; round < 4; round += 1) {
      off.add('x');
      pass(12);
      off.delete('x');
      pass(10);
    }
    expect(shown.join('')).toBe('abxcdxabxcdx');
  });

  it('leave the others at their place also when the playlist is edited meanwhile', () => {
    const items = ['a', 'b', 'c'].map((id) => picture(id));
    playlist = playlistOf(...items, picture('x', { priority: 5 }));
    off.add('x');
    director.start();
    pass(2);
    off.delete('x');
    pass(2);
    playlist = playlistOf(...items, picture('x', { priority: 5, name: 'Sale' }));
    director.refresh();
    off.add('x');
    pass(25);
    expect(shown.slice(0, 4).join('')).toBe('axbc');
  });
});

describe('an edit', () => {
  const lastsADay = { durationMs: 24 * 3_600_000 };
  const edit = (...items: object[]) => {
    playlist = playlistOf(...items);
    director.refresh();
  };

  beforeEach(() => {
    playlist = playlistOf(picture('a', lastsADay), picture('b'));
    director.start();
    pass(20);
    expect(shown).toEqual(['a']);
  });

  it('of another item, or of a name, cuts nothing short and begins nothing anew', () => {
    edit(picture('a', { ...lastsADay, name: 'Autumn' }), picture('b', { durationMs: 5_000 }), picture('c'));
    pass(3_600);
    expect(shown).toEqual(['a']);
    expect(ended).toEqual([]);
  });

  it('gives the item on screen its new time, counted from when it began', () => {
    edit(picture('a', { durationMs: 30_000 }), picture('b', lastsADay));
    pass(9.8);
    expect(shown).toEqual(['a']);
    pass(0.4);
    expect(shown).toEqual(['a', 'b']);
    expect(ended).toEqual(['a 30000 completed']);
    edit(picture('a'), picture('b', { durationMs: 1_000 }));
    pass(1);
    expect(shown).toEqual(['a', 'b', 'a']);
    edit(picture('a', lastsADay), picture('b'));
    pass(3_600);
    expect(shown).toEqual(['a', 'b', 'a']);
  });

  it('takes the item away whose time it is not by its new schedule, or that waits for a rule now', () => {
    off.add('a');
    edit(picture('a', lastsADay), picture('b', lastsADay));
    expect(shown).toEqual(['a', 'b']);
    pass(20);
    edit(picture('a'), picture('b', { ...lastsADay, audience }), picture('c'));
    expect(shown).toEqual(['a', 'b', 'c']);
  });

  it('shows the item on screen as it is to be shown now', () => {
    edit(picture('a', { ...lastsADay, fit: 'cover' }), picture('b'));
    expect(shown).toEqual(['a', 'a']);
    expect(director.state().current?.item.fit).toBe('cover');
    pass(3_600);
    expect(shown).toEqual(['a', 'a']);
  });
});

describe('edits again and again', () => {
  it('skip no item', () => {
    const items = ['a', 'b', 'c'].map((id) => picture(id));
    playlist = playlistOf(...items);
    director.start();
    for (let edits = 0; edits < 4; edits += 1) {
      playlist = playlistOf(...items);
      director.refresh();
      pass(2);
    }
    pass(24);
    expect(shown.join('')).toBe('abca');
  });
});
