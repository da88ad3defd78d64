import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from './support/fixtures.ts';
import { collectResults, watchUntil } from './support/page-results.ts';
import { picturesIn, pointIn } from './support/picture-traces.ts';
import { landmarksOfReel } from './support/reel-landmarks.ts';
import { WriteWatch } from './support/write-watch.ts';

/** A line of a log that holds more than this holds data. */
const longestLogLine = 4_000;
/** Longest text a cell of the statistics may hold: names of bands and classes. */
const longestCell = 64;

test('nothing the application writes holds a picture or a landmark', async ({ launch, home }) => {
  test.setTimeout(300_000);
  let pid = process.pid;
  const watched = new WriteWatch(home.folder, () => pid);
  try {
    const kiosk = await launch();
    pid = kiosk.pid;
    await collectResults(kiosk.page);
    // Long enough for people to have come and gone, and for their visits to have been written.
    const results = await watchUntil(kiosk.page, 30_000, 120_000);
    const faces = results.flatMap((result) => result.faces);
    expect(faces.length).toBeGreaterThan(100);
    expect(
      faces.filter((face) => 'landmarks' in face),
      'landmarks outside the engine',
    ).toEqual([]);
    await kiosk.quit();

    const landmarks = await landmarksOfReel(Math.round((results.at(-1)?.timeMs ?? 0) / 40), 10);
    expect(landmarks.length).toBeGreaterThan(100);

    const files = watched.end();
    expect(files.length).toBeGreaterThan(5);
    const written = new Set(files.map(({ path }) => path));
    expect([...written].some((path) => path.endsWith('.sqlite'))).toBe(true);

    const outside = watched.openedForWriting.filter((path) => !path.startsWith(home.folder));
    expect.soft(outside, 'files opened for writing outside the folders given').toEqual([]);

    for (const { path, content } of files) {
      expect.soft(picturesIn(content), path).toEqual([]);
      expect.soft(pointIn(content, landmarks), path).toBe(null);
      if (path.endsWith('.log')) {
        const longest = Math.max(
          ...content
            .toString('utf8')
            .split('\n')
            .map((line) => line.length),
        );
        expect.soft(longest, `longest line of ${path}`).toBeLessThan(longestLogLine);
        expect.soft(content.toString('utf8'), path).not.toMatch(/landmark|"box"|trackId/i);
      }
    }
  } finally {
    watched.remove();
  }

  const file = home.dataFiles().find((name) => name.endsWith('.sqlite')) ?? 'statistics.sqlite';
  expect(statSync(join(home.data, file)).size).toBeLessThan(1_000_000);
  const database = new Database(join(home.data, file), { readonly: true });
  const tables = database.prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'");
  for (const table of tables.pluck().all() as string[]) {
    for (const row of database.prepare(`select * from "${table}"`).iterate() as Iterable<Record<string, unknown>>) {
      for (const [column, value] of Object.entries(row)) {
        const plain = value === null || typeof value === 'number' || typeof value === 'string';
        expect.soft(plain, `${table}.${column} is neither number nor text`).toBe(true);
        if (typeof value === 'string') expect.soft(value.length, `${table}.${column}`).toBeLessThan(longestCell);
      }
    }
  }
  database.close();
});
