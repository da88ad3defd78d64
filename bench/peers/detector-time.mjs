/**
 * Milliseconds a picture of our detector, other ONNX files of its family and the peers' detectors, one thread each:
 *
 *     node bench/peers/detector-time.mjs <folder of peers-pictures> resources/models/face-detector.onnx <another.onnx>...
 *
 * From RGB bytes to boxes, at each one's usual threshold, so scaling, tensors and suppression are in it. Prints a Markdown table.
 */
import { basename } from 'node:path';
import { createYunetDetector } from '../../main/vision/detection/yunet-detector.ts';
import { switchTelemetryOff } from '../../main/vision/models/onnx-runtime.ts';
import { ms, table } from '../samples.ts';
import { ssdDetector, tinyDetector } from './face-api.mjs';
import { humanDetector } from './human.mjs';
import { readPictures, resized, withTensor } from './pictures.mjs';
import { startTensorflow } from './tensorflow.mjs';
import { takeTurns } from './turns.mjs';

const sizes = [
  [320, 192],
  [640, 384],
  [1280, 736],
];
const rounds = { warmUp: 2, measured: 20 };

switchTelemetryOff();
const [folder, ...files] = process.argv.slice(2);
if (!folder) {
  console.error('Give the folder of the pictures, then the ONNX files.');
  process.exit(1);
}
const tf = await startTensorflow();
const [scene] = readPictures(folder);
const family = await Promise.all(files.map((file) => createYunetDetector(file, { threads: 1 })));
const peers = [await humanDetector(), await ssdDetector(), await tinyDetector()];

const rows = [];
for (const [width, height] of sizes) {
  const picture = resized(scene, width, height);
  const input = { width, height, scaledRgb: asItIs(picture) };
  const runs = [
    ...family.map((detector) => () => detector.detect(input, 1, detector.defaultMinScore)),
    ...peers.map(
      ({ detect }) =>
        () =>
          withTensor(tf, picture, detect),
    ),
  ];
  rows.push([`${width}x${height}`, ...(await takeTurns(runs, rounds)).map(leastAndMedian)]);
}
const names = [...files.map((file) => basename(file)), ...peers.map(({ name }) => name)];
console.log(table(['size', ...names.map((name) => `${name}: least, median ms`)], rows));
process.exit(0);

function leastAndMedian({ least, median }) {
  return `${ms(least)}, ${ms(median)}`;
}

/** The sizes are multiples of what the network wants, so it must get the picture unscaled. */
function asItIs(picture) {
  return (width, height) => {
    if (width !== picture.width || height !== picture.height)
      throw new Error(`The detector asked for ${width}x${height}.`);
    return picture.rgb;
  };
}
