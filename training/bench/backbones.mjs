// Times the files of `attributes backbones` with ONNX Runtime on one thread: node training/bench/backbones.mjs <folder>
// Prints the processor time per face in milliseconds (the least of several runs), which a busy machine disturbs little.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const folder = process.argv[2];
if (!folder) throw new Error('Give the folder that `python3 -m vitrine attributes backbones` wrote.');
const table = JSON.parse(readFileSync(join(folder, 'backbones.json'), 'utf8'));
const batches = [1, 4, 8];
const runs = 12;

for (const row of table) {
  const session = await InferenceSession.create(join(folder, `${row.name}.onnx`), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  row.milliseconds = {};
  for (const batch of batches) {
    const pixels = Float32Array.from({ length: batch * 3 * row.size * row.size }, (_, i) => (i * 7919) % 256);
    const faces = new Tensor('float32', pixels, [batch, 3, row.size, row.size]);
    await session.run({ faces });
    let least = Infinity;
    for (let i = 0; i < runs; i++) {
      const before = process.cpuUsage();
      await session.run({ faces });
      const used = process.cpuUsage(before);
      least = Math.min(least, (used.user + used.system) / 1000 / batch);
    }
    row.milliseconds[batch] = Number(least.toFixed(2));
  }
  await session.release();
  console.log(row.name, row.milliseconds);
}
writeFileSync(join(folder, 'backbones.json'), `${JSON.stringify(table, null, 1)}\n`);
