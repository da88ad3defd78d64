import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The pictures that `python3 -m vitrine ... peers-pictures` wrote into a folder: RGB24 with what is known of each. */
export function readPictures(folder) {
  const bytes = readFileSync(join(folder, 'pictures.u8'));
  return JSON.parse(readFileSync(join(folder, 'pictures.json'), 'utf8')).map(({ offset, height, width, ...facts }) => ({
    ...facts,
    height,
    width,
    rgb: bytes.subarray(offset, offset + height * width * 3),
  }));
}

/** Runs with the picture as TensorFlow.js's peers take it, and gives its memory back. */
export async function withTensor(tf, { rgb, height, width }, use) {
  const tensor = tf.tensor(rgb, [1, height, width, 3], 'float32');
  try {
    return await use(tensor);
  } finally {
    tensor.dispose();
  }
}

/** By the nearest pixel: for timing, where only the size matters. */
export function resized({ rgb, height, width }, toWidth, toHeight) {
  const scaled = new Uint8Array(3 * toWidth * toHeight);
  for (let y = 0; y < toHeight; y++) {
    for (let x = 0; x < toWidth; x++) {
      const from = 3 * (Math.floor((y * height) / toHeight) * width + Math.floor((x * width) / toWidth));
      scaled.set(rgb.subarray(from, from + 3), 3 * (y * toWidth + x));
    }
  }
  return { rgb: scaled, width: toWidth, height: toHeight };
}
