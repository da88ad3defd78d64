// Times exported files with ONNX Runtime on one thread: node training/bench/backbones.mjs <folder>
// The folder is that of `attributes backbones` or of `attributes trade-off`. Prints the processor time per face in
// milliseconds (the least of several runs, the files taking turns), which a busy machine disturbs little, and writes it to
// times.json there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const batches = [1, 4, 8];
const rounds = 12;

/** @returns {{ name: string, size: number, file: string }[]} the files of either command */
function filesOf(folder) {
  const tradeOff = join(folder, 'trade-off.json');
  if (existsSync(tradeOff)) {
    const rows = Object.entries(JSON.parse(readFileSync(tradeOff, 'utf8')).rows);
    return rows.map(([name, row]) => ({ name, size: row.size, file: join(folder, name, 'model.onnx') }));
  }
  const table = JSON.parse(readFileSync(join(folder, 'backbones.json'), 'utf8'));
  return table.map(({ name, size }) => ({ name, size, file: join(folder, `${name}.onnx`) }));
}

const folder = process.argv[2];
if (!folder) throw new Error('Give the folder that `python3 -m vitrine attributes backbones` or `trade-off` wrote.');
const files = filesOf(folder);
const times = Object.fromEntries(files.map(({ name }) => [name, {}]));
for (const batch of batches) {
  const entrants = [];
  for (const { name, size, file } of files) {
    const session = await InferenceSession.create(file, { intraOpNumThreads: 1, interOpNumThreads: 1 });
    const pixels = Float32Array.from({ length: batch * 3 * size * size }, (_, i) => (i * 7919) % 256);
    const faces = new Tensor('float32', pixels, [batch, 3, size, size]);
    await session.run({ faces });
    entrants.push({ name, session, faces, least: Infinity });
  }
  for (let round = 0; round < rounds; round++) {
    for (const entrant of entrants) {
      const before = process.cpuUsage();
      await entrant.session.run({ faces: entrant.faces });
      const used = process.cpuUsage(before);
      entrant.least = Math.min(entrant.least, (used.user + used.system) / 1000 / batch);
    }
  }
  for (const { name, session, least } of entrants) {
    times[name][batch] = Number(least.toFixed(2));
    await session.release();
  }
}
for (const [name, milliseconds] of Object.entries(times)) console.log(name, milliseconds);
writeFileSync(join(folder, 'times.json'), `${JSON.stringify(times, null, 1)}\n`);
