import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Audience } from '../../main/audience/audience.ts';
import type { CounterIncrement } from '../../main/audience/counters.ts';
import { openStore, type StatisticsStore } from '../../main/store/statistics-store.ts';
import { createFrameSource } from '../../main/vision/capture/create-frame-source.ts';
import { loadModels } from '../../main/vision/load-models.ts';
import { everythingCounted, statisticsSettings } from '../support/audience-fixtures.ts';
import { enginePaths } from '../support/vision.ts';

/**
 * From the demo reel to the rows of the statistics file, by the real chain on every fifth frame, against the reel's
 * truth file: every visit of a face that can surely be seen, each once. Tolerances: one second of dwell (faces are seen
 * once they are well inside the picture), and the smallest faces may be missed or cut in two.
 */

const every = 5;
const dwellToleranceMs = 1000;
/** Faces that stay smaller than this, in pixels, may or may not be found. */
const surelyFoundPx = 48;

interface ReelFile {
  readonly framesPerSecond: number;
  readonly people: readonly { readonly id: string; readonly gender: 'male' | 'female' }[];
  readonly tracks: readonly { readonly person: string; readonly boxes: readonly (readonly number[])[] }[];
}
const reel = JSON.parse(readFileSync(enginePaths.demoReel.replace(/mp4$/, 'json'), 'utf8')) as ReelFile;
const genderOf = new Map(reel.people.map(({ id, gender }) => [id, gender]));
const large = reel.tracks.filter(({ boxes }) => Math.max(...boxes.map((box) => box[4] ?? 0)) >= surelyFoundPx);
const mostOfSmall = 2 * (reel.tracks.length - large.length);
const trueDwells = large.map(
  ({ boxes }) => (((boxes.at(-1)?.[0] ?? 0) - (boxes[0]?.[0] ?? 0)) * 1000) / reel.framesPerSecond,
);

const folder = mkdtempSync(join(tmpdir(), 'vitrine-audience-'));
const startedAtMs = Date.UTC(2026, 2, 2, 9, 0);
const folded: CounterIncrement[] = [];
let store: StatisticsStore;
let largestInView = 0;

beforeAll(async () => {
  store = openStore({
    folder,
    now: () => startedAtMs,
    onProblem: ({ code, detail }) => {
      throw new Error(`${code}: ${detail}`);
    },
  });
  const audience = new Audience({
    settings: { ...statisticsSettings, counted: everythingCounted },
    store: {
      add: (increments) => {
        folded.push(...increments);
        store.add(increments);
      },
      totalsSince: (fromMs) => store.totalsSince(fromMs),
    },
    now: () => startedAtMs,
  });
  const models = await loadModels(enginePaths, (event) => {
    throw new Error(JSON.stringify(event));
  });
  const source = createFrameSource(
    { kind: 'video', path: enginePaths.demoReel, loop: false },
    { mirror: false, rotateDegrees: 0, realTime: false, demoReel: '', every },
  );
  await source.open(() => {});
  let sequence = 0;
  for (let frame = await source.next(); frame; frame = await source.next()) {
    const options = { smallestFacePx: 24, minScore: null, regionOfInterest: null, attributeBudgetMs: 30 };
    const findings = await models.analyser.analyse(frame, frame.timeMs, options);
    frame.release();
    audience.onResult({
      ...findings,
      capturedAtMs: startedAtMs + findings.timeMs,
      sequence: ++sequence,
      counters: { received: sequence, analysed: sequence, dropped: 0 },
    });
    largestInView = Math.max(largestInView, audience.counters().inView);
  }
  await source.close();
  audience.close();
  await models.dispose();
}, 600_000);
afterAll(() => {
  store?.close();
  rmSync(folder, { recursive: true, force: true });
});

const visits = () => folded.filter((increment) => increment.table === 'visits');
const stored = (table: string) => store.contents().tables.find(({ name }) => name === table)?.rows ?? [];
const total = (rows: readonly (readonly (string | number | null)[])[], column: number) =>
  rows.reduce((sum, row) => sum + Number(row[column]), 0);

describe('the audience of the demo reel', () => {
  it('counts its visits', () => {
    expect(visits().length).toBeGreaterThanOrEqual(large.length);
    expect(visits().length).toBeLessThanOrEqual(large.length + mostOfSmall);
    expect(largestInView).toBeGreaterThanOrEqual(4);
    expect(largestInView).toBeLessThanOrEqual(7);
  });

  it('knows how long each of them stayed', () => {
    const dwells = visits().map(({ dwellMs }) => dwellMs);
    const found = trueDwells.filter((truth) => {
      const at = dwells.findIndex((dwell) => Math.abs(dwell - truth) <= dwellToleranceMs);
      if (at >= 0) dwells.splice(at, 1);
      return at >= 0;
    });
    expect(found, `left over: ${dwells.join(' ')}`).toEqual(trueDwells);
  });

  it('counts as watchers those who faced the screen, which nearly all of them do', () => {
    const watchers = visits().filter((visit) => visit.watchers === 1);
    expect(watchers.length).toBeGreaterThanOrEqual(large.length);
    for (const { attentionMs, dwellMs } of visits()) expect(attentionMs).toBeLessThanOrEqual(dwellMs);
  });

  it('has the same people in every table of the file', () => {
    const passersBy = visits().length;
    const watchers = visits().filter((visit) => visit.watchers === 1).length;
    expect(stored('visits').map((row) => row.slice(0, 3))).toEqual([[startedAtMs, passersBy, watchers]]);
    expect(total(stored('watchers_by_age_gender'), 3)).toBe(watchers);
    expect(total(stored('watchers_by_attribute'), 3)).toBe(8 * watchers);
    expect(total(stored('visits_by_duration'), 3)).toBe(2 * passersBy);
  });

  it('counts the genders that are there', () => {
    const trueMen = large.filter(({ person }) => genderOf.get(person) === 'male').length;
    const people = (gender: string) =>
      total(
        stored('watchers_by_age_gender').filter((row) => row[2] === gender),
        3,
      );
    expect(Math.abs(people('male') - trueMen)).toBeLessThanOrEqual(2);
    expect(people('female')).toBeGreaterThan(large.length / 2);
  });
});
