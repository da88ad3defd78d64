import type { FrameResult, TrackedFace } from '../../contract/frame-result.ts';
import { overlap, ReelTruth, type TrueFace } from '../support/reel-truth.ts';
import { expect, test } from './support/fixtures.ts';
import { collectedResults, collectResults, watchUntil } from './support/page-results.ts';

/** Faces cut by the edge of the picture, or small ones, are none that a passer-by would call right or wrong. */
const surelyVisible = (face: TrueFace): boolean =>
  face.box.height >= 60 && face.box.x > 0 && face.box.x + face.box.width < 1280 && face.box.y + face.box.height < 720;

const isThere = 0.4;
const watchMs = 200_000;

interface Sighting {
  readonly truth: TrueFace;
  readonly face: TrackedFace | null;
}

function sightings(results: readonly FrameResult[], truth: ReelTruth): Sighting[] {
  return results.flatMap((result) =>
    truth
      .at(result.timeMs)
      .filter(surelyVisible)
      .map((each) => ({
        truth: each,
        face: result.faces.find((face) => overlap(face.box, each.box) > isThere) ?? null,
      })),
  );
}

function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.length === 0 ? Number.NaN : items.filter(holds).length / items.length;
}

/** What was read of each person while there was something to read, by the person's name in the truth file. */
function readingsByPerson(all: readonly Sighting[]): Map<string, { truth: TrueFace; face: TrackedFace }[]> {
  const people = new Map<string, { truth: TrueFace; face: TrackedFace }[]>();
  for (const { truth, face } of all) {
    if (!face?.attributes || face.attributes.readings < 3 || !face.detected) continue;
    people.set(truth.person, [...(people.get(truth.person) ?? []), { truth, face }]);
  }
  return people;
}

test('the first start shows the people of the demo reel, and what it says of them is right', async ({ launch }) => {
  test.setTimeout(330_000);
  const kiosk = await launch();
  await collectResults(kiosk.page);

  // The screen: a card per face, with what the network says in words.
  const cards = kiosk.page.getByRole('list', { name: 'Faces in view' }).getByRole('listitem');
  await expect(cards.first()).toBeVisible({ timeout: 60_000 });

  // Fifty-four seconds of the reel hold everybody in it. A machine that cannot decode it in real time shows fewer of
  // them in the time there is; what it says of those must be right all the same.
  const results = await watchUntil(kiosk.page, 54_000, watchMs);
  const seen = sightings(results, new ReelTruth());

  expect(seen.length).toBeGreaterThan(100);
  expect.soft(share(seen, ({ face }) => face !== null)).toBeGreaterThan(0.9);

  const people = readingsByPerson(seen);
  expect(people.has('man')).toBe(true);
  expect(people.size).toBeGreaterThanOrEqual(2);
  for (const [person, readings] of people) {
    const sure = readings.filter(({ face }) => face.attributes?.gender.value);
    const { gender } = readings[0]?.truth ?? { gender: undefined };
    await test.step(`${person}: ${gender}, no glasses, no full beard`, () => {
      expect
        .soft(
          share(sure, ({ face }) => face.attributes?.gender.value === gender),
          'gender',
        )
        .toBeGreaterThan(0.8);
      const bare = share(readings, ({ face }) => (face.attributes?.combined.glasses.none ?? 0) > 0.5);
      expect.soft(bare, 'no glasses').toBeGreaterThan(0.8);
      const shaven = share(readings, ({ face }) => (face.attributes?.combined.beard ?? 1) < 0.4);
      expect.soft(shaven, 'no full beard').toBeGreaterThan(0.9);
      const adult = share(readings, ({ face }) => (face.attributes?.combined.age.years ?? 0) >= 16);
      expect.soft(adult, 'adult').toBeGreaterThan(0.9);
    });
  }
  const made = [...people.values()].flat().filter(({ truth }) => truth.gender === 'female');
  expect
    .soft(
      share(made, ({ face }) => (face.attributes?.combined.lipMakeup ?? 0) > 0.5),
      'made up',
    )
    .toBeGreaterThan(0.6);
  const man = people.get('man') ?? [];
  expect
    .soft(
      share(man, ({ face }) => (face.attributes?.combined.lipMakeup ?? 1) < 0.5),
      'bare',
    )
    .toBeGreaterThan(0.8);
});

test('the status line tells the source, and frames are counted', async ({ launch }) => {
  const kiosk = await launch();
  await collectResults(kiosk.page);
  await expect(kiosk.page.getByRole('contentinfo', { name: 'Technical status' })).toContainText('/s');
  await expect.poll(async () => (await collectedResults(kiosk.page)).length).toBeGreaterThan(20);
  const results = await collectedResults(kiosk.page);
  const last = results.at(-1);
  expect(last?.width).toBe(1280);
  expect(last?.height).toBe(720);
  expect(last?.counters.analysed).toBeGreaterThan(20);
  for (let i = 1; i < results.length; i++) {
    expect(results[i]?.timeMs).toBeGreaterThanOrEqual(results[i - 1]?.timeMs ?? 0);
  }
});
