import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { ExportFormat } from '../../../contract/insights.ts';

/** A long table with what has to be known of it; the columns stand in their order. */
export interface ExportTable<Row extends object> {
  /** What JSON calls its rows. */
  readonly name: string;
  readonly columns: Readonly<Record<keyof Row & string, 'STRING' | 'DOUBLE' | 'INT32'>>;
  readonly rows: readonly Row[];
  readonly metadata: object;
}

/** The bytes of a file. JSON and Parquet carry the metadata inside, CSV cannot. */
export function renderTable<Row extends object>(format: ExportFormat, table: ExportTable<Row>): string | Uint8Array {
  const columns = namesOf(table);
  if (format === 'csv') return stringify([...table.rows], { header: true, columns });
  if (format === 'parquet') return new Uint8Array(parquetOf(table));
  return `${JSON.stringify({ metadata: table.metadata, [table.name]: table.rows }, null, 2)}\n`;
}

/**
 * Writes a table. Beside a CSV file stands one with the same name and the ending `.metadata.json`, since comments in CSV
 * break most readers.
 *
 * @param path absolute, of the file to write
 * @returns the names of the files written, without their folder
 * @throws a system error with a `code` where the file cannot be written
 */
export function writeTable<Row extends object>(
  path: string,
  format: ExportFormat,
  table: ExportTable<Row>,
): readonly string[] {
  writeFileSync(path, renderTable(format, table));
  if (format !== 'csv') return [basename(path)];
  const beside = `${path.replace(/\.csv$/i, '')}.metadata.json`;
  writeFileSync(beside, `${JSON.stringify(table.metadata, null, 2)}\n`);
  return [basename(path), basename(beside)];
}

function parquetOf<Row extends object>(table: ExportTable<Row>): ArrayBuffer {
  return parquetWriteBuffer({
    columnData: namesOf(table).map((name) => ({
      name,
      type: table.columns[name],
      nullable: true,
      data: table.rows.map((row) => row[name]),
    })),
    kvMetadata: [{ key: 'vitrine', value: JSON.stringify(table.metadata) }],
  });
}

function namesOf<Row extends object>({ columns }: ExportTable<Row>): (keyof Row & string)[] {
  return Object.keys(columns) as (keyof Row & string)[];
}
