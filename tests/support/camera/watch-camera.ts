import { once } from 'node:events';
import { listCameras } from '../../../main/vision/capture/cameras.ts';
import { createFrameSource } from '../../../main/vision/capture/create-frame-source.ts';

// A process that finds the camera stand-in: tells as lines of JSON which cameras there are, then every state and every frame of
// one of them, until its standard input ends.
// Usage: node watch-camera.ts <camera as in the settings, JSON> <timings, JSON>
const [camera = '{}', timings = '{}'] = process.argv.slice(2);
const tell = (fact: object) => process.stdout.write(`${JSON.stringify(fact)}\n`);
tell({ cameras: await listCameras() });
const source = createFrameSource(
  { kind: 'camera', ...JSON.parse(camera) },
  { mirror: false, rotateDegrees: 0, realTime: true, demoReel: '', timings: JSON.parse(timings) },
);
await source.open((state) => tell({ state }));
process.stdin.resume();
void once(process.stdin, 'end').then(() => source.close());
for (let frame = await source.next(); frame; frame = await source.next()) {
  const { width, height, timeMs } = frame;
  frame.release();
  tell({ frame: { width, height, timeMs, wallMs: performance.now() } });
}
await source.close();
