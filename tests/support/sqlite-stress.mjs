/**
 * Prepares, uses and drops statements, iterators, functions and databases while garbage is collected all the time. Run
 * by tests/integration/sqlite-binding.spec.ts in every runtime the application meets. Needs --expose-gc.
 */
import { createRequire } from 'node:module';

const Database = createRequire(import.meta.url)('better-sqlite3');
const rounds = 60;
let statements = 0;
for (let round = 0; round < rounds; round++) {
  const database = new Database(':memory:');
  database.exec('create table counter (id integer primary key, name text unique, value integer) strict');
  for (let i = 0; i < 100; i++) {
    database.prepare('insert into counter (name, value) values (?, ?)').run(`counter ${i}`, i);
    statements++;
  }
  const half = database.prepare('select * from counter').iterate();
  half.next();
  half.return();
  database.function('twice', (value) => value * 2);
  const sum = database.prepare('select sum(twice(value)) from counter').pluck().get();
  if (sum !== 9900) throw new Error(`the sum is ${sum}`);
  try {
    database.prepare('insert into counter (name) values (?)').run('counter 1');
    throw new Error('a unique column took a value twice');
  } catch (error) {
    if (error.code !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
  }
  if (database.pragma('quick_check', { simple: true }) !== 'ok') throw new Error('quick_check');
  globalThis.gc();
  // Every other database is left to the collector, as one is whose owner forgot to close it.
  if (round % 2 === 0) database.close();
}
console.log(`${statements} statements`);
