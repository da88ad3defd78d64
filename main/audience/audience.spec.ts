import { beforeEach, describe, expect, it } from 'vitest';
import type { TrackedFace } from '../../contract/frame-result.ts';
import {
  CollectingStore,
  everythingCounted,
  frameResult,
  fusedAttributes,
  statisticsSettings,
  trackedFace,
} from '../../tests/support/audience-fixtures.ts';
import { Audience } from './audience.ts';

const noon = new Date(2026, 5, 1, 12, 0, 0).getTime();
let store: CollectingStore;
let audience: Audience;
let sequence: number;
beforeEach(() => {
  store = new CollectingStore();
  audience = new Audience({ settings: statisticsSettings, store, now: () => noon });
  sequence = 0;
});

const show = (timeMs: number, faces: readonly TrackedFace[], ended: readonly number[] = []) =>
  audience.onResult(frameResult(sequence++, timeMs, faces, ended, noon));
const visitsOf = () => store.increments.filter((increment) => increment.table === 'visits');

/** Shows one face every 100 ms from..to, facing as asked. */
function walkBy(id: number, fromMs: number, toMs: number, facing: (timeMs: number) => boolean) {
  for (let time = fromMs; time <= toMs; time += 100) show(time, [trackedFace(id, { facing: facing(time) })]);
  show(toMs + 1500, [], [id]);
}

describe('Audience', () => {
  it('counts a passer-by who never turned to the screen, with dwell and without attention', () => {
    walkBy(1, 0, 4000, () => false);
    expect(visitsOf()).toMatchObject([{ passersBy: 1, watchers: 0, dwellMs: 4000, attentionMs: 0 }]);
  });

  it('counts a watcher whose looks add up to the settable time, and not one who falls short of it', () => {
    walkBy(1, 0, 4000, (time) => time < 300 || (time >= 2000 && time < 2200));
    walkBy(2, 10_000, 14_000, (time) => time >= 12_000 && time < 12_400);
    expect(visitsOf()).toMatchObject([
      { watchers: 1, dwellMs: 4000, attentionMs: 500 },
      { watchers: 0, dwellMs: 4000, attentionMs: 400 },
    ]);
  });

  it('takes a new watcher time for visits that are still going on', () => {
    show(0, [trackedFace(1)]);
    show(400, [trackedFace(1)]);
    audience.updateSettings({ ...statisticsSettings, watcherMs: 300 });
    show(2000, [], [1]);
    expect(visitsOf()).toMatchObject([{ watchers: 1 }]);
  });

  it('keeps one visit through a short occlusion, which is dwell but not attention', () => {
    show(0, [trackedFace(1)]);
    show(100, [trackedFace(1)]);
    show(200, [trackedFace(1, { detected: false })]);
    show(300, []);
    show(1200, []);
    show(1300, [trackedFace(1)]);
    show(1400, [trackedFace(1)]);
    show(3000, [], [1]);
    // 0-100 and 1300-1400 facing, and seen at both ends.
    expect(visitsOf()).toMatchObject([{ passersBy: 1, dwellMs: 1400, attentionMs: 200 }]);
  });

  it('credits no attention for the time a source stood still', () => {
    show(0, [trackedFace(1)]);
    show(60_000, [trackedFace(1)]);
    show(61_000, [], [1]);
    expect(visitsOf()).toMatchObject([{ dwellMs: 60_000, attentionMs: 500 }]);
  });

  it('puts a visit into the quarter of an hour in which it was last seen', () => {
    const quarter = 15 * 60 * 1000;
    show(quarter - 2000, [trackedFace(1)]);
    show(quarter - 500, [trackedFace(1)]);
    show(quarter + 1000, [], [1]);
    show(quarter + 2000, [trackedFace(2)]);
    show(quarter + 2200, [trackedFace(2)]);
    show(quarter + 4000, [], [2]);
    expect(visitsOf().map(({ bucketStartMs }) => bucketStartMs - noon)).toEqual([0, quarter]);
  });

  it('folds the last attributes known, where the track had been read at all', () => {
    audience.updateSettings({ ...statisticsSettings, counted: everythingCounted });
    show(0, [trackedFace(1, { attributes: fusedAttributes() })]);
    show(400, [trackedFace(1)]);
    show(800, [trackedFace(1)]);
    show(2300, [], [1]);
    expect(store.increments).toContainEqual(
      expect.objectContaining({ table: 'watchers_by_age_gender', ageBand: '25-34', gender: 'female', watchers: 1 }),
    );
  });

  it('tells who is in view and who watches, and adds them to today', () => {
    walkBy(1, 0, 1000, () => true);
    show(3000, [trackedFace(2), trackedFace(3, { facing: false })]);
    show(3400, [trackedFace(2), trackedFace(3, { facing: false })]);
    show(3800, [trackedFace(2), trackedFace(3, { facing: false })]);
    expect(audience.counters()).toEqual({ passersByToday: 3, watchersToday: 2, inView: 2, watchingNow: 1 });
  });

  it('ends all visits when the source changes, when the engine starts anew, and at the end', () => {
    show(0, [trackedFace(1)]);
    show(200, [trackedFace(1)]);
    audience.onSourceChange();
    expect(visitsOf()).toHaveLength(1);
    show(205, [trackedFace(2)]);
    show(405, [trackedFace(2)]);
    sequence = 0;
    show(0, [trackedFace(1)]);
    show(200, [trackedFace(1)]);
    expect(visitsOf()).toHaveLength(2);
    audience.close();
    expect(visitsOf()).toHaveLength(3);
    expect(audience.counters().inView).toBe(0);
  });

  it('ends a visit whose end was never told', () => {
    show(0, [trackedFace(1)]);
    show(200, [trackedFace(1)]);
    show(9000, []);
    expect(visitsOf()).toHaveLength(0);
    show(11_000, []);
    expect(visitsOf()).toHaveLength(1);
  });

  it('does not take two chance detections in a row for a passer-by', () => {
    show(0, [trackedFace(1)]);
    show(40, [trackedFace(1)]);
    expect(audience.counters().passersByToday).toBe(0);
    show(2000, [], [1]);
    expect(visitsOf()).toHaveLength(0);
  });

  it('counts nothing while statistics are off, but still tells who is there', () => {
    audience.updateSettings({ ...statisticsSettings, enabled: false });
    walkBy(1, 0, 1000, () => true);
    show(3000, [trackedFace(2)]);
    expect(store.increments).toEqual([]);
    expect(audience.counters()).toEqual({ passersByToday: 0, watchersToday: 0, inView: 1, watchingNow: 1 });
  });
});
