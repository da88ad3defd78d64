import { openStore } from '../../main/store/statistics-store.ts';
import { oneWatcher } from './sample-increments.ts';

// A process for killing: writes one watcher per transaction as fast as it can and says how many it has written.
// Usage: node store-writer.ts <folder> <time of the visits, ms since the epoch>
const [folder = '', time = '0'] = process.argv.slice(2);
const store = openStore({
  folder,
  now: () => Number(time),
  onProblem: ({ code, detail }) => process.stderr.write(`${code} ${detail}\n`),
});
for (let written = 1; ; written++) {
  store.add(oneWatcher(Number(time)));
  store.flush();
  process.stdout.write(`${written}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
