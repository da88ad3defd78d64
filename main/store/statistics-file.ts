import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from './connection.ts';
import { migrate } from './migrations.ts';
import { DamagedFileError } from './store-error.ts';

export const statisticsFileName = 'statistics.sqlite';

/**
 * Opens the statistics file, or makes it.
 *
 * WAL, so that a killed process leaves a sound file; synchronous FULL, because one flush every few seconds costs nothing
 * and a power cut then loses no more than a killed process does.
 *
 * @throws DamagedFileError or SqliteError; `failureOf` tells them apart
 */
export function openStatisticsFile(folder: string, nativeBinding: string | undefined): Connection {
  const connection = new Connection(join(folder, statisticsFileName), nativeBinding);
  try {
    const verdict = Object.values(connection.one('PRAGMA quick_check(1)') ?? {})[0];
    if (verdict !== 'ok') throw new DamagedFileError(`quick_check: ${String(verdict)}`);
    connection.one('PRAGMA journal_mode = WAL');
    connection.execute('PRAGMA synchronous = FULL');
    // What is deleted is overwritten, not only forgotten.
    connection.one('PRAGMA secure_delete = ON');
    migrate(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/**
 * Renames a damaged file, with what SQLite keeps beside it, so that a new one can be begun and the old one looked at.
 *
 * @param atMs ms since the epoch, for its name
 * @returns the new name, without the folder
 */
export function putAside(folder: string, atMs: number): string {
  const time = new Date(atMs).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  let name = `statistics.damaged-${time}.sqlite`;
  for (let i = 2; existsSync(join(folder, name)); i++) name = `statistics.damaged-${time}-${i}.sqlite`;
  // What stands beside the file goes first: a journal without its file would be taken for the new file's.
  for (const ending of ['-wal', '-shm', '']) {
    const path = join(folder, statisticsFileName + ending);
    if (existsSync(path)) renameSync(path, join(folder, name + ending));
  }
  return name;
}
