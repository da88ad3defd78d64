import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsSchema } from '../contract/settings.ts';
import { nameOfDay } from '../main/audience/calendar.ts';
import type { CounterIncrement } from '../main/audience/counters.ts';
import { knownConfusions } from '../main/insights/known-confusions.ts';
import { insightsReport } from '../main/insights/report.ts';
import { foldPlay } from '../main/signage/proof-of-play.ts';
import { Connection } from '../main/store/connection.ts';
import { statisticsFileName } from '../main/store/statistics-file.ts';
import { openStore } from '../main/store/statistics-store.ts';
import { madeUpVisit, randomNumbers } from '../tests/support/made-up-visits.ts';
import { benchPaths } from './paths.ts';
import { ms, Samples, table } from './samples.ts';

const dayMs = 86_400_000;
const days = 730;
const visitsPerDay = 2_000;
const playsPerHour = 200;
const openHours = 14;
const items = 20;
const repeats = 15;

/** Two years of a busy place: size of the file, and how long the page "Insights" waits for its figures. */
export function insightsTable(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  try {
    const nowMs = Math.floor(Date.now() / dayMs) * dayMs + dayMs / 2;
    const fillMs = fill(folder, nowMs);
    const file = join(folder, statisticsFileName);
    const megabytes = statSync(file).size / 2 ** 20;
    const connection = new Connection(file, process.env.VITRINE_SQLITE_BINDING, true);
    const rows = [7, 28, 90, 365, days].map((length) => [
      `${length} days, with the ${length} before`,
      ...reportTimes(connection, nowMs, length),
    ]);
    connection.close();
    return [
      `${days} days of ${visitsPerDay} visits and ${playsPerHour * openHours} plays a day: ${megabytes.toFixed(1)} MB (written, published and merged in ${(fillMs / 1000).toFixed(0)} s).`,
      table(['report of', 'ms, median', 'ms, slowest'], rows),
    ].join('\n\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fill(folder: string, nowMs: number): number {
  const started = performance.now();
  const random = randomNumbers(11);
  const firstDay = Math.floor(nowMs / dayMs) - days + 1;
  let clockMs = firstDay * dayMs;
  const store = openStore({
    folder,
    now: () => clockMs,
    flushIntervalMs: 2 ** 30,
    onProblem: ({ code, detail }) => {
      throw new Error(`${code}: ${detail}`);
    },
  });
  for (let day = 0; day < days - 1; day++) {
    const startMs = (firstDay + day) * dayMs;
    const increments: CounterIncrement[] = [];
    for (let visit = 0; visit < visitsPerDay; visit++) increments.push(...madeUpVisit(startMs, random));
    for (let play = 0; play < playsPerHour * openHours; play++) increments.push(...madeUpPlay(startMs, play, random));
    store.add(increments);
    // As a running kiosk does: what is due is done a little at a time, with pauses between.
    for (let flush = 0; flush < 6; flush++) {
      clockMs = startMs + dayMs + 3_600_000 + flush * 61_000;
      store.flush();
    }
  }
  store.close();
  return performance.now() - started;
}

function madeUpPlay(startMs: number, play: number, random: () => number): readonly CounterIncrement[] {
  const lengthMs = 3_600_000 / playsPerHour;
  const watchers = random() < 0.3 ? 1 + Math.floor(3 * random()) : 0;
  return foldPlay({
    screen: 'main',
    playlist: 'window',
    item: `item-${play % items}`,
    reason: 'schedule',
    startedAtMs: startMs + 8 * 3_600_000 + play * lengthMs + Math.floor(50 * random()),
    shownMs: lengthMs,
    completed: random() < 0.95,
    hasRules: false,
    audience: { passersBy: watchers * 2, watchers, people: watchers, attentionMs: watchers * 3000 },
  });
}

const { confusions } = knownConfusions(benchPaths.attributeModel);

function reportTimes(connection: Connection, nowMs: number, length: number): readonly string[] {
  const today = Math.floor(nowMs / dayMs);
  const times = new Samples();
  for (let repeat = 0; repeat < repeats; repeat++) {
    const started = performance.now();
    insightsReport(
      connection,
      { from: nameOfDay(today - length), to: nameOfDay(today - 1) },
      {
        statistics: settingsSchema.parse({}).statistics,
        smallest: 5,
        timeZone: 'UTC',
        nowMs,
        confusions,
        itemNames: new Map(),
      },
    );
    times.add(performance.now() - started);
  }
  return [ms(times.median), ms(times.quantile(1))];
}
