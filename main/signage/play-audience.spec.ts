import { expect, it } from 'vitest';
import type { FrameResult } from '../../contract/frame-result.ts';
import { publishItems } from '../audience/published-items.ts';
import { People } from './people.ts';
import { PlayAudienceMeter } from './play-audience.ts';
import { foldPlay } from './proof-of-play.ts';

it('counts who stays once for an item, however many plays of it they watch, so that they alone are never shown', () => {
  const meter = new PlayAudienceMeter(() => 500);
  const people = new People(500, (person) => meter.add(person));
  let timeMs = 0;
  let sequence = 0;
  const look = (trackIds: readonly number[]) => {
    timeMs += 250;
    const face = (trackId: number) => ({ trackId, detected: true, facing: true, attributes: null });
    people.update({ sequence: ++sequence, timeMs, faces: trackIds.map(face) } as unknown as FrameResult);
  };
  const play = (item: string, trackIds: readonly number[]) => {
    meter.begin(item);
    people.beginPlay();
    for (let frame = 0; frame < 20; frame++) look(trackIds);
    return meter.end(people.present);
  };
  const plays = Array.from({ length: 12 }, () => play('window/early', [1]));
  expect(plays.map(({ watchers }) => watchers)).toEqual(Array(12).fill(1));
  expect(plays.map(({ people: counted }) => counted)).toEqual([1, ...Array(11).fill(0)]);
  expect(play('window/other', [1, 2])).toMatchObject({ watchers: 2, people: 2 });
  // Who comes back is another visit, as everywhere.
  look([]);
  expect(play('window/early', [3])).toMatchObject({ watchers: 1, people: 1 });

  const counted = plays.flatMap((audience) =>
    foldPlay({
      screen: 'main',
      playlist: 'window',
      item: 'early',
      reason: 'schedule',
      startedAtMs: 0,
      shownMs: 5000,
      completed: true,
      hasRules: false,
      audience,
    }).flatMap((increment) => (increment.table === 'plays_by_item' ? [increment] : [])),
  );
  const sum = (amount: (each: (typeof counted)[number]) => number) =>
    counted.reduce((total, each) => total + amount(each), 0);
  const early = { item: 'window/early', plays: 12, completed: 12, attentionMs: sum((each) => each.attentionMs) };
  const cells = publishItems([
    { ...early, watchers: sum((each) => each.watchers), people: sum((each) => each.people) },
    { ...early, item: 'window/noon', watchers: 500, people: 400 },
    { ...early, item: 'window/evening', watchers: 1500, people: 1200 },
  ]);
  const hiddenFrom = (item: string, kind: string) =>
    cells.find((cell) => cell.line === item && cell.kind === `items:${kind}`)?.hiddenFrom ?? 0;
  expect(hiddenFrom('window/early', 'watchers')).toBe(5);
  expect(hiddenFrom('window/early', 'attention')).toBe(5);
  // The one below is hidden with it, or it could be worked out.
  expect(hiddenFrom('window/evening', 'watchers')).toBeGreaterThan(11);
  expect(hiddenFrom('window/early', 'plays')).toBeGreaterThan(1000);
});
