/**
 * What our chain and the peers' say of the faces that `python3 -m vitrine attributes peers-pictures` wrote, and how long they take,
 * one thread each, in turn picture by picture, from RGB bytes to age, gender and expression:
 *
 *     node bench/peers/read.mjs <folder>
 *
 * One JSON file a system, beside the pictures. `python3 -m vitrine attributes compare-peers` makes figures of them.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { switchTelemetryOff } from '../../main/vision/models/onnx-runtime.ts';
import { faceApiReader } from './face-api.mjs';
import { humanReader } from './human.mjs';
import { ourReader } from './ours.mjs';
import { readPictures, withTensor } from './pictures.mjs';
import { startTensorflow } from './tensorflow.mjs';
import { takeTurns } from './turns.mjs';

switchTelemetryOff();
const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Give the folder of the pictures.');
  process.exit(1);
}
const tf = await startTensorflow();
const pictures = readPictures(folder);
const ours = await ourReader();
const systems = [ours, ...[await humanReader(), await faceApiReader()].map(fromPixels)].map((system) => ({
  ...system,
  faces: {},
}));
const times = await takeTurns(
  systems.map(({ read, faces }) => async (round) => {
    const picture = pictures[round];
    faces[picture.file] = await read(picture);
  }),
  { warmUp: 3, measured: pictures.length },
);
for (const [index, { name, network, faces }] of systems.entries()) {
  const { least, median } = times[index];
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ name, network, ms: { least, median }, faces }));
  console.log(`${name}: ${Object.values(faces).filter(Boolean).length} of ${pictures.length} faces read`);
}
process.exit(0);

function fromPixels({ read, ...system }) {
  return { ...system, read: (picture) => withTensor(tf, picture, read) };
}
