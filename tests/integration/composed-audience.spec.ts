import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Audience } from '../../main/audience/audience.ts';
import type { CounterIncrement } from '../../main/audience/counters.ts';
import { type LoadedModels, loadModels } from '../../main/vision/load-models.ts';
import { everythingCounted, statisticsSettings } from '../support/audience-fixtures.ts';
import { type Actor, composeClip, type Screen } from '../support/composed-clip.ts';
import { frameOf } from '../support/composed-frames.ts';
import { cutHeads, type MovingHead } from '../support/reel-faces.ts';
import { enginePaths } from '../support/vision.ts';

/**
 * The numbers of the whole chain on a clip whose people, entries and durations are known, because it was composed of
 * them. Every face is at least 40 pixels high, so nobody may be missed, counted twice or taken for another.
 */

const startedAtMs = Date.UTC(2026, 2, 2, 9, 0);
const seconds = 20;
/** From a fast kiosk down to one that hardly keeps up. */
const frameRates = [25, 15, 8];
const dwellTolerance = 0.1;
/** A face is seen when most of it is in the picture, and its last frame is one frame long. */
const eachDwellToleranceMs = 500;

interface Part {
  readonly who: string;
  readonly watches: boolean;
  /** On a stage of 1280 x 720; centre of the face. */
  readonly place: Actor['at'];
}

/** From one place to another at a steady pace. */
function crosses(from: number, to: number, start: number, end: number, y: number, height: number): Part['place'] {
  return (time) => {
    if (time < start || time > end) return null;
    return { x: from + ((to - from) * (time - start)) / (end - start), y, height };
  };
}

/** Comes in, stays at `x` and goes back; sets off and slows down as people do, with no more than about 3 m/s². */
function staysAt(
  x: number,
  outside: number,
  start: number,
  end: number,
  y: number,
  height: number,
  walk = 1.8,
): Part['place'] {
  return (time) => {
    if (time < start || time > end) return null;
    const way = Math.min((time - start) / walk, (end - time) / walk, 1);
    const eased = way * way * (3 - 2 * way);
    return { x: outside + (x - outside) * eased + 3 * Math.sin(2 * time), y, height };
  };
}

const parts: readonly Part[] = [
  { who: 'crosses to the right', watches: true, place: crosses(-120, 1400, 0.5, 7, 200, 130) },
  { who: 'crosses to the left', watches: true, place: crosses(1400, -120, 1, 7.5, 215, 150) },
  { who: 'stands, hidden for a second', watches: true, place: staysAt(300, -150, 1, 16, 540, 150) },
  { who: 'stays for a while', watches: true, place: staysAt(760, -170, 8, 14, 330, 170) },
  { who: 'comes late', watches: true, place: staysAt(900, 1420, 13, 19.5, 480, 140) },
  { who: 'looks round the corner', watches: false, place: staysAt(60, -100, 18.2, 19.2, 150, 100, 0.5) },
];
const poster: Screen = (time) => (time < 6 || time >= 7 ? null : { x: 170, y: 420, width: 260, height: 300 });

let heads: readonly MovingHead[] = [];
beforeAll(async () => {
  heads = await cutHeads();
}, 300_000);

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);

describe.each(frameRates)('the audience of a composed clip at %i pictures a second', (framesPerSecond) => {
  const inView = new Map<string | number, { readonly fromMs: number; toMs: number }>();
  const folded: CounterIncrement[] = [];
  let smallestPx = Number.POSITIVE_INFINITY;
  let models: LoadedModels;

  beforeAll(async () => {
    models = await loadModels(enginePaths, (event) => {
      throw new Error(JSON.stringify(event));
    });
    const audience = new Audience({
      settings: { ...statisticsSettings, counted: everythingCounted },
      store: { add: (increments) => folded.push(...increments), totalsSince: () => ({ passersBy: 0, watchers: 0 }) },
      now: () => startedAtMs,
    });
    const actors = parts.map(({ who, place }, index): Actor => {
      const { frames } = heads[index % heads.length] as MovingHead;
      return { head: { person: who, frames }, at: place };
    });
    let sequence = 0;
    for (const composed of composeClip(actors, [poster], seconds, framesPerSecond)) {
      for (const { id, box } of composed.truth) {
        const seen = inView.get(id);
        if (seen) seen.toMs = composed.timeMs;
        else inView.set(id, { fromMs: composed.timeMs, toMs: composed.timeMs });
        smallestPx = Math.min(smallestPx, box.height);
      }
      const options = { smallestFacePx: 24, minScore: null, regionOfInterest: null, attributeBudgetMs: 30 };
      const findings = await models.analyser.analyse(frameOf(composed, startedAtMs), composed.timeMs, options);
      sequence++;
      audience.onResult({ ...findings, sequence, counters: { received: sequence, analysed: sequence, dropped: 0 } });
    }
    audience.close();
  }, 600_000);
  afterAll(() => models?.dispose());

  const visits = () => folded.filter((increment) => increment.table === 'visits');
  const trueDwells = () => [...inView.values()].map(({ fromMs, toMs }) => toMs - fromMs);

  it('is composed of faces that can be seen', () => {
    expect([...inView.keys()].sort()).toEqual(parts.map(({ who }) => who).sort());
    expect(smallestPx).toBeGreaterThanOrEqual(40);
  });

  it('has exactly its passers-by and its watchers', () => {
    const dwells = `dwells ${ascending(visits().map(({ dwellMs }) => dwellMs))}, true ${ascending(trueDwells())}`;
    expect(visits().length, dwells).toBe(parts.length);
    expect(sum(visits().map(({ watchers }) => watchers)), dwells).toBe(parts.filter(({ watches }) => watches).length);
  });

  it('stayed as long as it was there', () => {
    const dwells = ascending(visits().map(({ dwellMs }) => dwellMs));
    expect(Math.abs(sum(dwells) / sum(trueDwells()) - 1)).toBeLessThanOrEqual(dwellTolerance);
    ascending(trueDwells()).forEach((trueDwell, i) => {
      expect(Math.abs((dwells[i] ?? 0) - trueDwell), `${dwells}`).toBeLessThanOrEqual(eachDwellToleranceMs);
    });
  });
});
