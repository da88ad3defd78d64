import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FrameResult, TrackedFace } from '../../contract/frame-result.ts';
import type { Box } from '../../contract/geometry.ts';
import { createFrameSource } from '../../main/vision/capture/create-frame-source.ts';
import { loadModels } from '../../main/vision/load-models.ts';
import { type MotMetrics, motMetrics, type ScoredFrame } from '../support/mot-metrics.ts';
import { overlap } from '../support/reel-truth.ts';
import { enginePaths, visiblePart } from '../support/vision.ts';

/** The whole chain, with the installed models, on every third frame of the demo reel, against what is true in it. */

interface ReelFile {
  readonly width: number;
  readonly height: number;
  readonly people: readonly { readonly id: string; readonly gender: 'male' | 'female' }[];
  readonly tracks: readonly { readonly person: string; readonly boxes: readonly (readonly number[])[] }[];
}
interface TrueFace {
  /** One for each time that somebody is in view. */
  readonly visit: string;
  readonly person: string;
  readonly box: Box;
}

const every = 3;
const truth = JSON.parse(readFileSync(enginePaths.demoReel.replace(/mp4$/, 'json'), 'utf8')) as ReelFile;
const genderOf = new Map(truth.people.map(({ id, gender }) => [id, gender]));

/**
 * Height of the faces that are asked for. The reel has two smaller people, 36 to 42 px high: the installed detector finds
 * them in few frames only, which its model card says.
 */
const leastHeight = 60;
const largePeople = truth.people.filter(({ id }) =>
  truth.tracks.some(
    ({ person, boxes }) => person === id && boxes.some(([, , , , height = 0]) => height >= leastHeight),
  ),
);

/** Faces that a visitor would call visible, by frame. */
const truthByFrame = new Map<number, TrueFace[]>();
/** Faces that are there, but half outside or small: finding them is no mistake, missing them neither. */
const marginalByFrame = new Map<number, Box[]>();
for (const [i, { person, boxes }] of truth.tracks.entries()) {
  for (const [frame = 0, x = 0, y = 0, width = 0, height = 0] of boxes) {
    const box = { x, y, width, height };
    if (height >= leastHeight && visiblePart(box, truth.width, truth.height) > 0.75) {
      truthByFrame.set(frame, [...(truthByFrame.get(frame) ?? []), { visit: `${person} ${i}`, person, box }]);
    } else marginalByFrame.set(frame, [...(marginalByFrame.get(frame) ?? []), box]);
  }
}

/** What the chain said of one person, in each frame in which one of its tracks was the person. */
const said = new Map<string, TrackedFace[]>();
let metrics: MotMetrics;
let lasting: readonly FrameResult['timings'][] = [];

beforeAll(async () => {
  const models = await loadModels(enginePaths, (event) => {
    throw new Error(JSON.stringify(event));
  });
  const source = createFrameSource(
    { kind: 'video', path: enginePaths.demoReel, loop: false },
    { mirror: false, rotateDegrees: 0, realTime: false, demoReel: '', every },
  );
  const scored: ScoredFrame[] = [];
  const timings: FrameResult['timings'][] = [];
  await source.open(() => {});
  for (let frame = await source.next(); frame; frame = await source.next()) {
    const index = frame.origin?.index ?? 0;
    const options = { smallestFacePx: 24, minScore: null, regionOfInterest: null, attributeBudgetMs: 1000 };
    const { faces, timings: spent } = await models.analyser.analyse(frame, frame.timeMs, options);
    frame.release();
    timings.push(spent);
    const wanted = truthByFrame.get(index) ?? [];
    const marginal = marginalByFrame.get(index) ?? [];
    const answer = faces.filter(({ box }) => !marginal.some((there) => overlap(there, box) > 0.3));
    scored.push({
      truth: wanted.map(({ visit, box }) => ({ id: visit, box })),
      answer: answer.map(({ trackId, box }) => ({ id: trackId, box })),
    });
    for (const { person, box } of wanted) {
      const face = answer.find((found) => overlap(found.box, box) > 0.5);
      if (face) said.set(person, [...(said.get(person) ?? []), face]);
    }
  }
  await source.close();
  await models.dispose();
  metrics = motMetrics(scored, 0.4);
  lasting = timings;
}, 600_000);

const read = (person: string) => (said.get(person) ?? []).flatMap(({ attributes }) => (attributes ? [attributes] : []));
const share = <Value>(values: readonly Value[], wanted: (value: Value) => boolean) =>
  values.filter(wanted).length / Math.max(values.length, 1);

describe('the demo reel', () => {
  it('has been analysed', () => expect(lasting.length).toBeGreaterThanOrEqual(500));

  it('shows its faces: nearly all are found, and little else', () => {
    expect(metrics.truthBoxes).toBeGreaterThan(1000);
    expect(metrics.misses / metrics.truthBoxes).toBeLessThan(0.08);
    expect(metrics.falseAlarms / metrics.truthBoxes).toBeLessThan(0.06);
  });

  it('shows people who keep their track', () => {
    // What keeps it below 1 is what the detector misses or makes up: two people may swap their tracks, no more.
    expect(metrics.switches).toBeLessThanOrEqual(2);
    expect(metrics.idf1).toBeGreaterThanOrEqual(0.9);
  });

  it.each(largePeople.map(({ id }) => id))('reads %s in nearly every frame after the first', (person) => {
    expect(share(said.get(person) ?? [], ({ attributes }) => attributes !== null)).toBeGreaterThan(0.9);
  });

  it.each(largePeople.map(({ id }) => id))('never shows the other gender of %s for long', (person) => {
    const shown = read(person).map(({ gender }) => gender.value);
    expect(share(shown, (value) => value !== null && value !== genderOf.get(person))).toBeLessThan(0.05);
  });

  it('says the gender of most people most of the time', () => {
    const shown = largePeople.map(({ id }) => share(read(id), ({ gender }) => gender.value === genderOf.get(id)));
    expect(shown.filter((part) => part > 0.8).length).toBeGreaterThanOrEqual(largePeople.length - 1);
  });

  it('sees no glasses on anybody', () => {
    for (const { id } of largePeople) {
      expect(share(read(id), ({ glasses }) => glasses.value !== null && glasses.value !== 'none')).toBeLessThan(0.05);
    }
  });

  it('sees a man of about thirty without make-up or beard', () => {
    const man = read('man');
    const years = man.map(({ combined }) => combined.age.years).sort((a, b) => a - b);
    const spread = man.at(-1)?.combined.age.spread ?? 0;
    // "About thirty", 28 to 32, lies within what is shown, twice the spread; a child or a man of fifty would not.
    const median = years[years.length >> 1] ?? 0;
    expect(Math.max(28 - median, median - 32)).toBeLessThan(2 * spread);
    expect(spread).toBeLessThan(10);
    expect(share(man, ({ lipMakeup }) => lipMakeup.value === true)).toBeLessThan(0.05);
    expect(share(man, ({ eyeMakeup }) => eyeMakeup.value === true)).toBeLessThan(0.05);
    expect(share(man, ({ combined }) => combined.beard < 0.35)).toBeGreaterThan(0.9);
  });

  it('sees young women without facial hair, most of them made up', () => {
    const women = largePeople.filter(({ gender }) => gender === 'female').map(({ id }) => read(id));
    for (const woman of women) {
      expect(share(woman, ({ combined }) => Math.max(combined.beard, combined.moustache) < 0.15)).toBeGreaterThan(0.95);
      const years = woman.map(({ combined }) => combined.age.years).sort((a, b) => a - b);
      expect(years[years.length >> 1]).toBeGreaterThan(16);
      expect(years[years.length >> 1]).toBeLessThan(42);
    }
    const madeUp = women.filter((woman) => share(woman, ({ combined }) => combined.lipMakeup > 0.5) > 0.5);
    expect(madeUp.length).toBeGreaterThan(women.length / 2);
  });
});
