import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { ExportFormat, InsightsReport } from '../../../contract/insights.ts';
import { dataDictionary } from './dictionary.ts';
import { type FigureRow, figureColumns, figureRows } from './figures.ts';

/** What made the figures; stands in every export. */
export interface ExportOrigin {
  readonly version: string;
  readonly detector: string | null;
  readonly attributes: string | null;
  readonly watcherMs: number;
}

export interface ExportMetadata extends ExportOrigin {
  readonly product: 'Vitrine';
  readonly range: InsightsReport['range'];
  readonly generatedAt: string;
  readonly timeZone: string;
  /** k: cells of fewer people are hidden. */
  readonly smallestCell: number;
  readonly dictionary: typeof dataDictionary;
}

export function exportMetadata(report: InsightsReport, origin: ExportOrigin): ExportMetadata {
  return {
    product: 'Vitrine',
    ...origin,
    range: report.range,
    generatedAt: new Date(report.generatedAtMs).toISOString(),
    timeZone: report.timeZone,
    smallestCell: report.smallestCell,
    dictionary: dataDictionary,
  };
}

/** The figures of a report as the bytes of a file. JSON and Parquet carry their metadata inside, CSV cannot. */
export function renderExport(format: ExportFormat, report: InsightsReport, origin: ExportOrigin): string | Uint8Array {
  const rows = figureRows(report);
  if (format === 'csv') return stringify([...rows], { header: true, columns: [...figureColumns] });
  const metadata = exportMetadata(report, origin);
  if (format === 'parquet') return new Uint8Array(parquetOf(rows, metadata));
  return `${JSON.stringify({ metadata, figures: rows }, null, 2)}\n`;
}

/**
 * Writes the figures of a report. Beside a CSV file stands one with the same name and the ending `.metadata.json`, since
 * comments in CSV break most readers.
 *
 * @param path absolute, of the file to write
 * @returns the names of the files written, without their folder
 * @throws a system error with a `code` where the file cannot be written
 */
export function writeExport(
  path: string,
  format: ExportFormat,
  report: InsightsReport,
  origin: ExportOrigin,
): readonly string[] {
  writeFileSync(path, renderExport(format, report, origin));
  if (format !== 'csv') return [basename(path)];
  const beside = `${path.replace(/\.csv$/i, '')}.metadata.json`;
  writeFileSync(beside, `${JSON.stringify(exportMetadata(report, origin), null, 2)}\n`);
  return [basename(path), basename(beside)];
}

const columnTypes = {
  table: 'STRING',
  from_day: 'STRING',
  to_day: 'STRING',
  group: 'STRING',
  subgroup: 'STRING',
  measure: 'STRING',
  value: 'DOUBLE',
  low: 'DOUBLE',
  high: 'DOUBLE',
  hidden_in: 'INT32',
} as const satisfies Record<keyof FigureRow, string>;

function parquetOf(rows: readonly FigureRow[], metadata: ExportMetadata): ArrayBuffer {
  return parquetWriteBuffer({
    columnData: figureColumns.map((name) => ({
      name,
      type: columnTypes[name],
      nullable: true,
      data: rows.map((row) => row[name]),
    })),
    kvMetadata: [{ key: 'vitrine', value: JSON.stringify(metadata) }],
  });
}
