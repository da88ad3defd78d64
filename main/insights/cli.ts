import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dayRangeSchema, type ExportFormat, exportFormats } from '../../contract/insights.ts';
import { type Settings, settingsSchema } from '../../contract/settings.ts';
import { machineTimeZone } from '../audience/calendar.ts';
import { networkFiles } from '../settings/network-files.ts';
import { itemKey } from '../signage/media-health.ts';
import { readPlaylistFile } from '../signage/playlist-file.ts';
import { Connection } from '../store/connection.ts';
import { statisticsFileName } from '../store/statistics-file.ts';
import { ModelError } from '../vision/models/model-error.ts';
import { readOnnxMetadata } from '../vision/models/onnx-metadata.ts';
import { type ModelKind, vitrineMetadata } from '../vision/models/vitrine-metadata.ts';
import { figuresTable, playsTable } from './export/export-tables.ts';
import { type ExportTable, renderTable, writeTable } from './export/table-file.ts';
import { knownConfusions } from './known-confusions.ts';
import { playsReport, TooManyPlaysError } from './plays.ts';
import { BadRangeError, insightsReport } from './report.ts';

/**
 * `npm run --silent report -- ...`: the figures of the page "Insights" as a file, with the thresholds for exports. Only
 * looks; the kiosk may be running. Exit status: 0, 1 (no figures could be read or written), 2 (usage).
 */
const usage = `Exports the audience figures of a range of days, suppressed as every export is, or what was played.

  npm run --silent report -- --from 2026-10-01 --to 2026-10-31 --format csv
  npm run --silent report -- --plays --from 2026-10-01 --to 2026-10-31 --format csv

  --from DAY, --to DAY    the first and the last day, 2026-10-01 (needed)
  --format FORMAT         ${exportFormats.join(', ')} (csv)
  --plays                 proof of play instead of the figures
  --out FILE              where to write it; without it, csv and json go to the standard output
  --data-dir FOLDER       the kiosk's data folder (that of this account)
`;

const resource = (name: string) => fileURLToPath(new URL(`../../resources/models/${name}`, import.meta.url));
const detectorModel = process.env.VITRINE_DETECTOR ?? resource('face-detector.onnx');

/** Name and version of a model; null where the file says none or cannot be read. */
async function nameOf(file: string, kind: ModelKind): Promise<string | null> {
  try {
    const facts = vitrineMetadata(await readOnnxMetadata(file), kind);
    return facts && `${facts.name} ${facts.version}`;
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
}

class UsageError extends Error {}

interface Arguments {
  readonly from: string;
  readonly to: string;
  readonly format: ExportFormat;
  readonly plays: boolean;
  readonly out: string | null;
  readonly dataFolder: string;
}

function argumentsOf(args: readonly string[]): Arguments {
  const text = { type: 'string' } as const;
  const plays = { type: 'boolean' } as const;
  const options = { from: text, to: text, format: text, out: text, 'data-dir': text, plays } as const;
  const parse = () => parseArgs({ args: [...args], options, strict: true }).values;
  let values: ReturnType<typeof parse>;
  try {
    values = parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const range = dayRangeSchema.safeParse({ from: values.from, to: values.to });
  if (!range.success) throw new UsageError('Give the first and the last day with --from and --to, as 2026-10-01.');
  const format = exportFormats.find((name) => name === (values.format ?? 'csv'));
  if (format === undefined) throw new UsageError(`--format is one of ${exportFormats.join(', ')}.`);
  if (format === 'parquet' && values.out === undefined) throw new UsageError('Parquet needs a file: give --out.');
  return {
    ...range.data,
    format,
    plays: values.plays === true,
    out: values.out === undefined ? null : resolve(values.out),
    dataFolder: resolve(values['data-dir'] ?? usualDataFolder()),
  };
}

/** Where Electron keeps an application's data. */
function usualDataFolder(): string {
  if (process.platform === 'win32') return join(process.env.APPDATA ?? homedir(), 'Vitrine');
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support/Vitrine');
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Vitrine');
}

function settingsIn(folder: string): Settings {
  const file = join(folder, 'settings.json');
  return settingsSchema.parse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
}

/** The names of the items now, by `<playlist>/<item>`; of a playlist that cannot be read, none. */
function itemNamesIn(dataFolder: string): ReadonlyMap<string, string> {
  const folder = join(dataFolder, 'playlists');
  const ids = existsSync(folder) ? readdirSync(folder) : [];
  return new Map(
    ids.flatMap((id) => {
      const file = readPlaylistFile(join(folder, id));
      return file.kind === 'sound' ? file.playlist.items.map((item) => [itemKey(id, item.id), item.name] as const) : [];
    }),
  );
}

async function main(): Promise<void> {
  const asked = argumentsOf(process.argv.slice(2));
  const { dataFolder } = asked;
  const file = join(dataFolder, statisticsFileName);
  if (!existsSync(file)) throw new Error(`There are no figures in ${dataFolder}; name another folder with --data-dir.`);
  const { statistics, picture } = settingsIn(dataFolder);
  const attributeModel = process.env.VITRINE_ATTRIBUTES ?? resource(networkFiles[picture.network]);
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const [detector, attributes] = await Promise.all([
    nameOf(detectorModel, 'face-detector'),
    nameOf(attributeModel, 'face-attributes'),
  ]);
  const origin = { version, detector, attributes, watcherMs: statistics.watcherMs };
  const connection = new Connection(file, process.env.VITRINE_SQLITE_BINDING, true);
  const context = {
    statistics,
    smallest: statistics.smallestCellExported,
    timeZone: machineTimeZone(),
    nowMs: Date.now(),
    confusions: knownConfusions(attributeModel).confusions,
    itemNames: itemNamesIn(dataFolder),
  };
  if (asked.plays) hand(asked, playsTable(playsReport(connection, asked, context), origin));
  else hand(asked, figuresTable(insightsReport(connection, asked, context), origin));
  connection.close();
}

function hand<Line extends object>({ out, format }: Arguments, table: ExportTable<Line>): void {
  if (out === null) process.stdout.write(renderTable(format, table));
  else process.stderr.write(`vitrine: wrote ${writeTable(out, format, table).join(', ')}\n`);
}

try {
  await main();
} catch (error) {
  const isUsage = [UsageError, BadRangeError, TooManyPlaysError].some((kind) => error instanceof kind);
  process.stderr.write(`vitrine: ${error instanceof Error ? error.message : String(error)}\n`);
  if (isUsage) process.stderr.write(`\n${usage}`);
  process.exitCode = isUsage ? 2 : 1;
}
