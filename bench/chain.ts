import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultEngineOptions } from '../contract/engine.ts';
import { createFrameSource } from '../main/vision/capture/create-frame-source.ts';
import { loadModels } from '../main/vision/load-models.ts';
import { crowdFrames, crowdRate, facesOfReel, writeCrowd } from './crowd.ts';
import type { BenchPaths } from './paths.ts';
import { ms, Samples, table } from './samples.ts';

/** Not counted: buffers are made, tracks begin. */
const warmUpFrames = 15;

/** The way of a frame at 1280x720 with 1, 4 and 20 faces in view: every frame as fast as it goes, budgets as in the kiosk. */
export async function chainTable(paths: BenchPaths): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-bench-'));
  try {
    const faces = await facesOfReel(paths.demoReel);
    const rows: string[][] = [];
    for (const count of [1, 4, 20]) {
      const video = join(folder, `${count}.mp4`);
      const height = await writeCrowd(video, faces, count);
      rows.push([`${count} of ${height} px`, ...(await measured(paths, video))]);
    }
    return table(
      [
        'faces',
        'tracked',
        'decode ms',
        'detect ms',
        'track ms',
        'attributes ms',
        'readings a face and second',
        'frames a second',
        'CPU ms a frame',
        'cores at 25 fps',
        'detect / decode',
        'attributes / detect',
      ],
      rows,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Medians of the stages; frames a second are those of the whole chain with decoding beside it. */
async function measured(paths: BenchPaths, video: string): Promise<string[]> {
  const models = await loadModels(paths, (event) => console.error(JSON.stringify(event)));
  const sourceOptions = { mirror: false, rotateDegrees: 0, realTime: false, demoReel: '' } as const;
  const source = createFrameSource({ kind: 'video', path: video, loop: false }, sourceOptions);
  const stages = { decode: new Samples(), detect: new Samples(), track: new Samples(), attributes: new Samples() };
  const attributeMs = new Samples();
  const tracked = new Samples();
  const readings = new Map<number, number>();
  let started = performance.now();
  let cpu = process.cpuUsage();
  let frames = 0;
  await source.open(() => {});
  for (let frame = await source.next(); frame; frame = await source.next()) {
    const { faces, timings } = await models.analyser.analyse(frame, frame.timeMs, defaultEngineOptions);
    frame.release();
    frames++;
    if (frames === warmUpFrames) {
      started = performance.now();
      cpu = process.cpuUsage();
      for (const face of faces) readings.set(face.trackId, -(face.attributes?.readings ?? 0));
    }
    if (frames <= warmUpFrames) continue;
    for (const name of ['decode', 'detect', 'track', 'attributes'] as const) stages[name].add(timings[name]);
    attributeMs.add(timings.attributes);
    tracked.add(faces.length);
    if (frames === crowdFrames) {
      for (const face of faces) {
        readings.set(face.trackId, (readings.get(face.trackId) ?? 0) + (face.attributes?.readings ?? 0));
      }
    }
  }
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  await source.close();
  await models.dispose();
  const counted = frames - warmUpFrames;
  const cpuMs = (user + system) / 1000 / counted;
  const read = [...readings.values()].filter((count) => count > 0);
  const seconds = counted / crowdRate;
  return [
    String(tracked.median),
    ms(stages.decode.median),
    ms(stages.detect.median),
    ms(stages.track.median),
    ms(attributeMs.quantile(0.5)),
    (read.reduce((sum, count) => sum + count, 0) / Math.max(read.length, 1) / seconds).toFixed(1),
    ((1000 * counted) / wallMs).toFixed(1),
    ms(cpuMs),
    ((cpuMs * crowdRate) / 1000).toFixed(2),
    (stages.detect.median / stages.decode.median).toFixed(1),
    (attributeMs.median / stages.detect.median).toFixed(2),
  ];
}
