/**
 * What the peers' detectors find in the pictures of a folder that `python3 -m vitrine detector peers-pictures` wrote:
 *
 *     node bench/peers/detect.mjs <folder>
 *
 * One JSON file a detector, beside the pictures. `python3 -m vitrine detector compare` makes figures of them.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ssdDetector, tinyDetector } from './face-api.mjs';
import { humanDetector } from './human.mjs';
import { readPictures, withTensor } from './pictures.mjs';
import { startTensorflow } from './tensorflow.mjs';

/** Scores below are not looked at, as in the training's evaluation. */
const lowest = 0.05;

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Give the folder of the pictures.');
  process.exit(1);
}
const tf = await startTensorflow();
const pictures = readPictures(folder);
for (const start of [humanDetector, ssdDetector, tinyDetector]) {
  const { name, network, usualThreshold, detect } = await start(lowest);
  const faces = {};
  for (const picture of pictures) faces[picture.key] = await withTensor(tf, picture, detect);
  const file = join(folder, `${name.toLowerCase().replaceAll(' ', '-')}.json`);
  writeFileSync(file, JSON.stringify({ name, network, threshold: usualThreshold, faces }));
  console.log(`${file}: ${Object.values(faces).flat().length} detections in ${pictures.length} pictures`);
}
