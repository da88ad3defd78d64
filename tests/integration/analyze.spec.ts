import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Picture, scaled } from '../../main/vision/analyze/picture.ts';
import { createFrameSource } from '../../main/vision/capture/create-frame-source.ts';
import { interlacedPngOf, jpegOf, packedPictureOf, pixel, pngOfKind } from '../support/make-media.ts';
import { repository, sharedFile } from '../support/shared.ts';
import { enginePaths } from '../support/vision.ts';

/** `analyze` as other programs use it: a process, its lines and its exit status. */

interface Face {
  readonly track: number | null;
  readonly box: readonly [number, number, number, number];
  readonly score: number;
  readonly landmarks: readonly (readonly [number, number])[];
  readonly quality: number;
  readonly attributes: {
    readonly age: { readonly years: number; readonly spread: number };
    readonly gender: { readonly female: number };
    readonly glasses: Record<string, number>;
    readonly [name: string]: unknown;
  };
}
interface Line {
  readonly source: string;
  readonly error?: string;
  readonly frame?: number;
  readonly time_s?: number;
  readonly width?: number;
  readonly height?: number;
  readonly faces?: readonly Face[];
}

interface Finished {
  readonly status: number | null;
  readonly lines: readonly Line[];
  readonly stderr: string;
}

function analyze(args: readonly string[], stopReadingAfter = Number.POSITIVE_INFINITY): Promise<Finished> {
  const child = spawn(process.execPath, [join(repository, 'main/vision/analyze/cli.ts'), ...args], {
    cwd: folder,
    env: { ...process.env, VITRINE_DETECTOR: enginePaths.detectorModel },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    if (stdout.split('\n').length > stopReadingAfter) child.stdout.destroy();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      const lines = stdout.split('\n').filter((line) => line.endsWith('}'));
      resolve({ status, lines: lines.map((line) => JSON.parse(line) as Line), stderr });
    });
  });
}

let folder: string;

/** A frame of the reel with the man and a woman in it, and pictures made of it. */
const reelFrame = 300;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-analyze-'));
  const frame = await reelPicture(reelFrame);
  await writePpm('frame.ppm', frame);
  const man = await boxInReel('man', reelFrame);
  const tight = cut(frame, man.x, man.y, man.width, man.height);
  await writePpm('tight.ppm', { ...resized(tight, 160, 160) });
  await mkdir(join(folder, 'set', 'below'), { recursive: true });
  await writePpm('set/b.ppm', resized(cut(frame, man.x - 50, man.y - 30, man.width + 100, man.height + 60), 256, 256));
  await writePpm('set/below/c.ppm', { width: 64, height: 48, rgb: new Uint8Array(64 * 48 * 3).fill(90) });
  await writeFile(join(folder, 'set', 'a.jpg'), 'this is no picture');
  await writeFile(join(folder, 'set', 'notes.txt'), 'leave me alone');
  const video = await readFile(enginePaths.demoReel);
  await writeFile(join(folder, 'broken.mp4'), video.subarray(0, 5000));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('analyze on pictures', () => {
  it('prints the whole of what the documentation promises', async () => {
    const { status, lines } = await analyze(['frame.ppm']);
    expect(status).toBe(0);
    expect(lines).toHaveLength(1);
    expect(Object.keys(lines[0] ?? {})).toEqual(['source', 'frame', 'time_s', 'width', 'height', 'faces']);
    expect(lines[0]).toMatchObject({ source: 'frame.ppm', frame: 0, time_s: 0, width: 1280, height: 720 });
    expect(lines[0]?.faces?.length).toBeGreaterThanOrEqual(2);
    for (const face of lines[0]?.faces ?? []) {
      expect(Object.keys(face)).toEqual(['track', 'box', 'score', 'landmarks', 'quality', 'attributes']);
      expect(Object.keys(face.attributes)).toEqual(
        'age gender smile expression glasses eye_makeup lip_makeup beard moustache sideburns'.split(' '),
      );
      expect(Object.keys(face.attributes.age)).toEqual(['years', 'spread']);
      expect(Object.keys(face.attributes.gender)).toEqual(['female']);
      expect(Object.keys(face.attributes.expression as object)).toEqual(
        'neutral happiness surprise sadness anger disgust fear contempt'.split(' '),
      );
      expect(Object.keys(face.attributes.glasses)).toEqual(['none', 'glasses', 'sunglasses']);
      expect(face.landmarks).toHaveLength(5);
      const [[rightEye = 0] = [], [leftEye = 0] = []] = face.landmarks;
      expect(rightEye).toBeLessThan(leftEye);
      expect(face.quality).toBeGreaterThan(0);
      expect(face.quality).toBeLessThanOrEqual(1);
    }
  });

  it('reads a tight portrait and a small one', async () => {
    const { lines } = await analyze(['tight.ppm', 'set/b.ppm']);
    for (const { faces, width = 0 } of lines) {
      expect(faces).toHaveLength(1);
      expect(faces?.[0]?.box[2]).toBeGreaterThan(width * 0.3);
    }
  });

  it('finds the same faces and reads the same from each kind of file, turned or not', async () => {
    const frame = await reelPicture(reelFrame);
    const { width, height, rgb } = frame;
    // Turned a quarter to the left, as a camera stores what it took upright; orientation 6 turns it back.
    const lying = { width: height, height: width, rgb: new Uint8Array(rgb.length) };
    for (let y = 0; y < lying.height; y++) {
      for (let x = 0; x < lying.width; x++) {
        lying.rgb.set(pixel(rgb, width, width - 1 - y, x), (y * lying.width + x) * 3);
      }
    }
    const deep = (x: number, y: number) => pixel(rgb, width, x, y).flatMap((value) => [value, value]);
    const kinds: Record<string, Buffer> = {
      'kinds/0 plain.jpg': await jpegOf(rgb, width, height, null),
      'kinds/1 lying.JPG': await jpegOf(lying.rgb, lying.width, lying.height, 6),
      'kinds/2 sixteen bits.png': pngOfKind(width, height, { depth: 16, colour: 2 }, deep),
      'kinds/3 interlaced.png': interlacedPngOf(rgb, width, height),
      'kinds/4 schön 😀.webp': await packedPictureOf('lossless.webp', rgb, width, height),
    };
    await mkdir(join(folder, 'kinds'));
    for (const [name, bytes] of Object.entries(kinds)) await writeFile(join(folder, name), bytes);
    const { status, lines } = await analyze(['kinds']);
    expect(status).toBe(0);
    expect(lines.map(({ source }) => source)).toEqual(Object.keys(kinds));
    const [plain] = lines;
    expect(plain?.faces?.length).toBeGreaterThanOrEqual(2);
    for (const { source, width: wide, faces = [] } of lines) {
      expect([wide, faces.length], source).toEqual([width, plain?.faces?.length]);
      for (const face of faces) {
        const same = plain?.faces?.find(({ box }) => box.every((value, i) => Math.abs(value - (face.box[i] ?? 0)) < 4));
        expect(Math.abs((same?.attributes.age.years ?? 0) - face.attributes.age.years), source).toBeLessThan(1);
        expect(Math.abs((same?.attributes.gender.female ?? 9) - face.attributes.gender.female), source).toBeLessThan(
          0.1,
        );
      }
    }
  });

  it('goes through folders in order, tells of what it cannot read, and says so with its exit status', async () => {
    const { status, lines, stderr } = await analyze(['set', 'none.png']);
    expect(lines.map(({ source }) => source)).toEqual(['set/a.jpg', 'set/b.ppm', 'set/below/c.ppm', 'none.png']);
    expect(lines.map((line) => Object.keys(line).join())).toEqual([
      'source,error',
      expect.stringContaining('faces'),
      expect.stringContaining('faces'),
      'source,error',
    ]);
    expect(lines[2]?.faces).toEqual([]);
    expect(status).toBe(1);
    expect(stderr).toBe('');
  });

  it('keeps to the working point that it is given', async () => {
    const { lines } = await analyze(['frame.ppm', '--min-score', '1']);
    expect(lines[0]?.faces).toEqual([]);
  });

  it.each([[[]], [['--every', 'x', 'frame.ppm']]])('explains a wrong call: %j', async (args) => {
    const { status, lines, stderr } = await analyze(args);
    expect(status).toBe(2);
    expect(lines).toEqual([]);
    expect(stderr).toContain('npm run --silent analyze --');
  });
});

describe('analyze on videos', () => {
  it('analyses each n-th frame and keeps the tracks', async () => {
    const { status, lines } = await analyze([enginePaths.demoReel, '--every', '50']);
    expect(status).toBe(0);
    expect(lines.map(({ frame }) => frame)).toEqual(Array.from({ length: 30 }, (_, i) => 50 * i));
    expect(lines[6]?.time_s).toBeCloseTo(12, 1);
    const faces = lines.flatMap((line) => line.faces ?? []);
    expect(faces.length).toBeGreaterThan(60);
    expect(faces.every(({ attributes }) => attributes.age.years > 0)).toBe(true);
    expect(faces.some(({ track }) => track !== null)).toBe(true);
  });

  it('tells of a broken video', async () => {
    const { status, lines } = await analyze(['broken.mp4']);
    expect(status).toBe(1);
    expect(lines.at(-1)).toMatchObject({ source: 'broken.mp4', error: expect.stringMatching(/\w/) });
  });

  it('stops quietly when nobody reads its lines any more', async () => {
    const { status, stderr } = await analyze([enginePaths.demoReel, '--every', '20'], 3);
    expect(status).toBe(0);
    expect(stderr).toBe('');
  });
});

const walk = sharedFile('data/video/face-demographics-walking-and-pause.gif');
describe.skipIf(!walk)('three people who come to stand before the camera', () => {
  it('are a woman, a bearded man with glasses and a woman with glasses, all grown up', async () => {
    // The third, half turned away, scores a little less than the installed detector's working point.
    const { lines } = await analyze([walk ?? '', '--min-score', '0.55']);
    const last = lines.at(-1);
    const [first, second, third] = [...(last?.faces ?? [])].sort((a, b) => a.box[0] - b.box[0]);
    expect(last?.faces).toHaveLength(3);
    const people = [first, second, third].map((face) => face?.attributes);
    expect(people.map((face) => (face?.gender.female ?? 0.5) > 0.5)).toEqual([true, false, true]);
    expect(people.map((face) => (face?.glasses.none ?? 0.5) < 0.5)).toEqual([false, true, true]);
    expect(people[1]?.beard).toBeGreaterThan(0.15);
    expect(people[1]?.moustache).toBeGreaterThan(0.15);
    for (const face of people) expect(face?.age.years).toBeGreaterThan(18);
  });
});

async function reelPicture(index: number): Promise<Picture> {
  const source = createFrameSource(
    { kind: 'video', path: enginePaths.demoReel, loop: false },
    { mirror: false, rotateDegrees: 0, realTime: false, demoReel: '', every: index },
  );
  await source.open(() => {});
  (await source.next())?.release();
  const frame = await source.next();
  if (!frame) throw new Error(`the reel has no frame ${index}`);
  // A copy: what the frame hands out is a view of memory that is gone after its release.
  const picture = { width: frame.width, height: frame.height, rgb: new Uint8Array(frame.rgb()) };
  frame.release();
  await source.close();
  return picture;
}

async function boxInReel(person: string, frame: number) {
  const reel = JSON.parse(await readFile(enginePaths.demoReel.replace(/mp4$/, 'json'), 'utf8')) as {
    readonly tracks: readonly { readonly person: string; readonly boxes: readonly (readonly number[])[] }[];
  };
  const found = reel.tracks
    .filter((track) => track.person === person)
    .flatMap(({ boxes }) => boxes)
    .find(([at]) => at === frame);
  if (!found) throw new Error(`${person} is not in frame ${frame}`);
  const [, x = 0, y = 0, width = 0, height = 0] = found;
  return { x, y, width, height };
}

function cut({ width, height, rgb }: Picture, x: number, y: number, toWidth: number, toHeight: number): Picture {
  const left = Math.max(0, Math.round(x));
  const top = Math.max(0, Math.round(y));
  const part = {
    width: Math.min(width - left, Math.round(toWidth)),
    height: Math.min(height - top, Math.round(toHeight)),
  };
  const pixels = new Uint8Array(part.width * part.height * 3);
  for (let row = 0; row < part.height; row++) {
    const from = ((top + row) * width + left) * 3;
    pixels.set(rgb.subarray(from, from + part.width * 3), row * part.width * 3);
  }
  return { ...part, rgb: pixels };
}

function resized(picture: Picture, width: number, height: number): Picture {
  return { width, height, rgb: scaled(picture, width, height) };
}

/** A picture file without compression: https://netpbm.sourceforge.net/doc/ppm.html */
async function writePpm(name: string, { width, height, rgb }: Picture): Promise<void> {
  await writeFile(join(folder, name), Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), rgb]));
}
