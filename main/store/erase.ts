import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './connection.ts';

export interface Erasure {
  readonly removedFiles: number;
  /** Names of files in which something may be left: another program holds them. */
  readonly remaining: readonly string[];
}

/**
 * Deletes every row of every table, and rewrites the file so that no page of it holds what was deleted.
 *
 * @param spared tables that keep their rows
 * @returns false where the journal could not be emptied, because another program is reading it
 * @throws SqliteError
 */
export function eraseTables(connection: Connection, spared: readonly string[] = []): boolean {
  const tables = connection
    .all(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .map(({ name }) => String(name))
    .filter((name) => !spared.includes(name));
  connection.transaction(() => {
    for (const table of tables) connection.run(`DELETE FROM ${table}`);
  });
  connection.execute('VACUUM');
  return Number(connection.one('PRAGMA wal_checkpoint(TRUNCATE)')?.busy ?? 1) === 0;
}

/** Where each kind of leftover lies, below the data folder. */
const leftovers: readonly { readonly folder: string; readonly pattern: RegExp }[] = [
  { folder: '', pattern: /^(statistics\.(damaged|backup)-.*|statistics\.sqlite-journal|settings\.damaged-.*)$/ },
  { folder: 'logs', pattern: /\.log(\.\d+)?$/ },
];

/** Deletes damaged copies that were put aside, backups and logs. */
export function removeLeftovers(dataFolder: string): Erasure {
  let removedFiles = 0;
  const remaining: string[] = [];
  for (const { folder, pattern } of leftovers) {
    for (const name of namesIn(join(dataFolder, folder)).filter((name) => pattern.test(name))) {
      try {
        rmSync(join(dataFolder, folder, name));
        removedFiles++;
      } catch {
        remaining.push(name);
      }
    }
  }
  return { removedFiles, remaining };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
