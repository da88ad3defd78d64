import { AttributeNetwork } from '../main/vision/attributes/attribute-network.ts';
import { createYunetDetector } from '../main/vision/detection/yunet-detector.ts';
import type { BenchPaths } from './paths.ts';
import { ms, Samples, table } from './samples.ts';

const rounds = 30;

/** The attribute network alone: ms for each face, by size of the batch and number of threads. */
export async function attributeNetworkTable({ attributeModel }: BenchPaths): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const threads of [1, 2]) {
    const network = await AttributeNetwork.load(attributeModel, {
      alignmentId: 'vitrine-face-5pt-1',
      maxBatch: 8,
      threads,
    });
    for (let i = 0; i < network.input.length; i++) network.input[i] = (i * 7919) % 256;
    for (const batch of [1, 4, 8]) {
      const { wall, cpu } = await timed(() => network.run(batch));
      rows.push([threads, batch, ms(wall.least / batch), ms(wall.median / batch), ms(cpu / batch)]);
    }
    await network.dispose();
  }
  return table(['threads', 'faces in a batch', 'ms a face, least', 'ms a face, median', 'CPU ms a face'], rows);
}

/** The detector with its own pre- and post-processing: ms for each picture, by size of its input. */
export async function detectorTable({ detectorModel }: BenchPaths): Promise<string> {
  const detector = await createYunetDetector(detectorModel, { threads: 1 });
  const rows: (string | number)[][] = [];
  for (const [width, height] of [
    [320, 192],
    [640, 384],
    [960, 544],
    [1280, 736],
  ] as const) {
    const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 256);
    const input = { width, height, scaledRgb: () => rgb };
    const { wall, cpu } = await timed(() => detector.detect(input, 1, 0.9));
    rows.push([`${width}x${height}`, ms(wall.least), ms(wall.median), ms(cpu)]);
  }
  await detector.dispose();
  return table(['input', 'ms, least', 'ms, median', 'CPU ms'], rows);
}

async function timed(run: () => Promise<unknown>): Promise<{ readonly wall: Samples; readonly cpu: number }> {
  for (let i = 0; i < 3; i++) await run();
  const wall = new Samples();
  const before = process.cpuUsage();
  for (let i = 0; i < rounds; i++) {
    const started = performance.now();
    await run();
    wall.add(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000 / rounds };
}
