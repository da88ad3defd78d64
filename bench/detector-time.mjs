/**
 * Milliseconds a picture of face detectors of the YuNet family, one thread each:
 *
 *     node bench/detector-time.mjs resources/models/face-detector.onnx <another.onnx>...
 *
 * The files take turns picture by picture, so that a busy machine is equally unfair to all of them. The smallest time
 * is the one least disturbed; the median says what was lived through. Prints a Markdown table.
 */
import { basename } from 'node:path';

// Read by the native library while it loads, hence the import after it: nothing is to be reported to its vendor.
process.env.ORT_DISABLE_TELEMETRY = '1';
const { InferenceSession, Tensor } = await import('onnxruntime-node');

/** Width and height in pixels, as `detectionSize` of the engine may choose them. */
const sizes = [
  [320, 192],
  [320, 320],
  [640, 384],
  [1280, 736],
];
const rounds = { warmUp: 3, measured: 40 };
const options = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Give the ONNX files of one or more detectors.');
  process.exit(1);
}
const sessions = await Promise.all(files.map((file) => InferenceSession.create(file, options)));

console.log(`| size | ${files.map((file) => `${basename(file)}: smallest, median ms`).join(' | ')} |`);
console.log(`| --- |${' --- |'.repeat(files.length)}`);
for (const [width, height] of sizes) {
  const pixels = Float32Array.from({ length: 3 * width * height }, (_, i) => (i * 7919) % 256);
  const input = new Tensor('float32', pixels, [1, 3, height, width]);
  const times = files.map(() => []);
  for (let round = -rounds.warmUp; round < rounds.measured; round++) {
    for (const [index, session] of sessions.entries()) {
      const start = performance.now();
      await session.run({ input });
      if (round >= 0) times[index].push(performance.now() - start);
    }
  }
  const cells = times.map((list) => {
    const sorted = list.toSorted((a, b) => a - b);
    return `${sorted[0].toFixed(2)}, ${sorted[sorted.length >> 1].toFixed(2)}`;
  });
  console.log(`| ${width}x${height} | ${cells.join(' | ')} |`);
}
