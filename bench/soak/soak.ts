import { KioskHome, launchKiosk } from '../../tests/e2e/support/kiosk.ts';
import { table } from '../samples.ts';
import { installBusyPlaylist } from './content.ts';
import { growthOf, type Point } from './growth.ts';
import { Operator } from './operator.ts';
import { type Sample, SoakProbe } from './probe.ts';
import { databaseSeries, type Figure, journalSeries, type Series, series, tableSeries } from './series.ts';

const looksPerMinute = 4;
const lookEveryMs = 60_000 / looksPerMinute;

interface Look extends Sample {
  readonly minute: number;
}

/**
 * The real application at speed: demo reel, live view in the corner, an item every second or two, rules that fire, and
 * an operator who comes by once a minute. Its memory, handles and tables by minute, and what of it still grows at the
 * end. Linux only.
 *
 * @param minutes whole minutes, 2 or more
 */
export async function soakReport(minutes: number): Promise<string> {
  if (!(minutes >= 2)) throw new RangeError('Give the time in minutes, 2 or more.');
  const home = new KioskHome();
  await installBusyPlaylist(home);
  const kiosk = await launchKiosk({ home, windowed: false });
  const looks: Look[] = [];
  try {
    const probe = await SoakProbe.connect(kiosk);
    const operator = new Operator(kiosk.page);
    const startedAt = Date.now();
    for (let count = 1; count <= minutes * looksPerMinute; count++) {
      if (count % looksPerMinute === 1) await operator.comeAndGo();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, startedAt + count * lookEveryMs - Date.now())));
      looks.push({ minute: (Date.now() - startedAt) / 60_000, ...(await probe.sample()) });
      if (count % looksPerMinute === 0) process.stderr.write(`minute ${count / looksPerMinute} of ${minutes}\n`);
    }
    await kiosk.quit();
  } finally {
    await kiosk.kill();
    home.remove();
  }
  const { plays = 0, playsByRule = 0 } = looks.at(-1) ?? {};
  const done = `${plays} plays, ${playsByRule} of them by a rule; the operator came ${minutes} times.`;
  return [done, byMinute(looks), '### Does it still grow?', growthTable(looks)].join('\n\n');
}

function byMinute(looks: readonly Look[]): string {
  const figures = Object.keys(series) as Figure[];
  const last = looks.filter((_, i) => (i + 1) % looksPerMinute === 0);
  const line = (name: string, value: (look: Look) => number) => [name, ...last.map((look) => short(value(look)))];
  const tables = [...(looks.at(-1)?.rows.keys() ?? [])];
  return table(
    ['by minute', ...last.map((_, i) => String(i + 1))],
    [
      ...figures.map((figure) =>
        line(`${series[figure].name}, ${series[figure].unit}`, (look) => look.figures[figure]),
      ),
      line(`${databaseSeries.name}, ${databaseSeries.unit}`, (look) => look.databaseKilobytes),
      line(`${journalSeries.name}, ${journalSeries.unit}`, (look) => look.journalKilobytes),
      ...tables.map((name) => line(tableSeries(name).name, (look) => look.rows.get(name) ?? 0)),
    ],
  );
}

function growthTable(looks: readonly Look[]): string {
  const row = (each: Series, value: (look: Look) => number) => [
    each.name,
    sentence(
      each,
      looks.map((look) => ({ minute: look.minute, value: value(look) })),
    ),
  ];
  const tables = [...(looks.at(-1)?.rows.keys() ?? [])];
  return table(
    ['figure', 'second half of the run'],
    [
      ...(Object.keys(series) as Figure[]).map((figure) => row(series[figure], (look) => look.figures[figure])),
      row(databaseSeries, (look) => look.databaseKilobytes),
      row(journalSeries, (look) => look.journalKilobytes),
      ...tables.map((name) => row(tableSeries(name), (look) => look.rows.get(name) ?? 0)),
    ],
  );
}

function sentence({ unit, leastRise, growsBecause }: Series, points: readonly Point[]): string {
  const { verdict, perMinute } = growthOf(points, leastRise);
  const slope = `${short(Math.abs(perMinute))} ${unit} a minute`;
  if (verdict === 'flat') return 'does not grow';
  if (verdict === 'falls') return `falls by ${slope}`;
  return growsBecause === null ? `**grows by ${slope}**` : `grows by ${slope}, as it should: ${growsBecause}`;
}

function short(value: number): string {
  const size = Math.abs(value);
  return size === 0 || size >= 100 ? value.toFixed(0) : value.toFixed(size < 1 ? 2 : 1);
}
