import { link, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Demuxer, Muxer } from 'node-av/api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SourceSpec, SourceState } from '../../contract/source.ts';
import type { FrameSourceOptions } from '../../main/vision/capture/create-frame-source.ts';
import { createFrameSource } from '../../main/vision/capture/create-frame-source.ts';
import type { Frame, FrameSource } from '../../main/vision/capture/frame-source.ts';
import { noTurn } from '../../main/vision/capture/picture-turn.ts';
import { openStream } from '../../main/vision/capture/stream-feed.ts';
import { openFile, VideoFeed } from '../../main/vision/capture/video-feed.ts';
import { writeVideo } from '../../scripts/demo-reel/write-video.ts';
import type { Colour } from '../support/make-media.ts';
import {
  blockJpegOf,
  interlacedPngOf,
  jpegOf,
  packedPictureOf,
  paint,
  pixel,
  pngOf,
  pngOfKind,
} from '../support/make-media.ts';
import { repository } from '../support/shared.ts';

const width = 320;
const height = 240;
const clipFrames = 50;
const demoReel = join(repository, 'resources/demo/reel.mp4');
const red: Colour = [200, 30, 40];
const green: Colour = [40, 190, 60];
const blue: Colour = [30, 60, 210];
const grey: Colour = [128, 128, 128];

/** Four colours: red | green over blue | grey. */
const corners = paint(width, height, (x, y) =>
  y < height / 2 ? (x < width / 2 ? red : green) : x < width / 2 ? blue : grey,
);
/** The number of a frame is its grey level. */
const numbered = (number: number) => paint(width, height, () => [40 + number * 4, 40 + number * 4, 40 + number * 4]);
/** A pattern that moves and is not easy to compress. */
const texture = (number: number) =>
  paint(width, height, (x, y) => [((x + number * 3) * y) % 251, (x * x + y * number) % 241, (x * 7 + y * 13) % 239]);
const numberOf = (frame: Frame) => Math.max(0, Math.round(((frame.rgb()[0] as number) - 40) / 4));

let folder = '';
const file = (name: string) => join(folder, name);
const open: FrameSource[] = [];
const servers: Server[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-capture-'));
  const format = { width, height, framesPerSecond: 25, quality: 10 } as const;
  const clip = Array.from({ length: clipFrames }, (_, number) => numbered(number));
  await writeVideo(file('clip.mp4'), format, clip);
  await writeVideo(file('clip.mkv'), format, clip);
  await writeVideo(file('short.mp4'), format, clip.slice(0, 10));
  await writeVideo(file('corners.mp4'), format, [corners, corners]);
  await writeVideo(file('corners.h265.ts'), { ...format, coding: 'h265' }, [corners, corners]);
  const moving = Array.from({ length: clipFrames }, (_, number) => texture(number));
  await writeVideo(file('moving.mp4'), { ...format, quality: 24 }, moving);
  const stream = Array.from({ length: 100 }, (_, number) => numbered(number % clipFrames));
  await writeVideo(file('stream.ts'), { ...format, preset: 'ultrafast' }, stream);
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((source) => source.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(spec: SourceSpec, options: Partial<FrameSourceOptions> = {}) {
  const source = createFrameSource(spec, { mirror: false, rotateDegrees: 0, realTime: true, demoReel, ...options });
  open.push(source);
  const states: SourceState[] = [];
  await source.open((state) => states.push(state));
  return { source, states };
}

const analyse = (path: string, options: Partial<FrameSourceOptions> = {}) =>
  start({ kind: 'video', path, loop: false }, { realTime: false, ...options });

/** Takes up to `limit` frames and says of each what `look` sees in it. */
async function take<Seen>(source: FrameSource, limit: number, look: (frame: Frame) => Seen): Promise<Seen[]> {
  const seen: Seen[] = [];
  while (seen.length < limit) {
    const frame = await source.next();
    if (!frame) break;
    seen.push(look(frame));
    frame.release();
  }
  return seen;
}

function near(actual: Colour, expected: Colour, levels: number): boolean {
  return actual.every((value, channel) => Math.abs(value - (expected[channel] as number)) <= levels);
}

describe('a video in real time', () => {
  it('plays the demo reel at its size and rate', async () => {
    const { source, states } = await start({ kind: 'demo' });
    const times = await take(source, 20, (frame) => frame.timeMs);
    expect(states.map(({ status }) => status)).toEqual(['opening', 'running']);
    expect(states[1]).toMatchObject({ kind: 'demo', width: 1280, height: 720, framesPerSecond: 25 });
    expect(times.every((time) => time % 40 === 0)).toBe(true);
  });

  it('loops without a gap and its clock never goes back', async () => {
    const { source } = await start({ kind: 'video', path: file('short.mp4'), loop: true });
    const seen = await take(source, 35, (frame) => ({ number: numberOf(frame), timeMs: frame.timeMs }));
    expect(seen.length).toBe(35);
    for (const { number, timeMs } of seen) expect(number).toBe((Math.round(timeMs) / 40) % 10);
    const times = seen.map(({ timeMs }) => timeMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeGreaterThanOrEqual(34 * 40);
  });

  it('ends when it is not to be looped', async () => {
    const { source, states } = await start({ kind: 'video', path: file('short.mp4'), loop: false });
    const numbers = await take(source, 100, numberOf);
    expect(numbers.at(-1)).toBe(9);
    expect(states.at(-1)?.status).toBe('ended');
  });

  it('gives a slow taker the newest frame and counts those it missed', async () => {
    const { source } = await start({ kind: 'video', path: file('clip.mp4'), loop: true });
    (await source.next())?.release();
    await new Promise((resolve) => setTimeout(resolve, 600));
    const late = await source.next();
    expect(late?.timeMs).toBeGreaterThanOrEqual(80);
    late?.release();
    expect(source.dropped).toBeGreaterThan(0);
    expect(source.received).toBeGreaterThanOrEqual(source.dropped + 2);
  });

  it('leaves pictures out where the machine is too slow, and is over when it should be', async () => {
    // To a clock that runs sixty times as fast any machine is too slow: a second holds the whole reel.
    const clock = { now: () => performance.now() * 60, toTimerMs: (ms: number) => ms / 60 };
    const feed = new VideoFeed(
      await openFile(demoReel, { turn: { rotate: 0, mirror: false }, threads: 1 }),
      true,
      clock,
    );
    const began = clock.now();
    const shown: number[] = [];
    let lateMs = 0;
    while (clock.now() - began < 120_000) {
      const picture = await feed.next();
      shown.push(picture?.timeMs ?? Number.NaN);
      lateMs = clock.now() - began - (picture?.timeMs ?? 0);
      picture?.frame.free();
    }
    await feed.close();
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect(lateMs).toBeLessThan(20_000);
    expect(feed.skipped).toBeGreaterThan(1000);
    expect(Math.abs(shown.length + feed.skipped - (shown.at(-1) ?? 0) / 40)).toBeLessThan(60);
  }, 30_000);

  it('shows each picture at its own time, whatever rate the file declares', async () => {
    // As a telephone's film of changing rate that was packed anew: Matroska knows one rate only.
    await using film = await Demuxer.open(file('clip.mkv'));
    const stream = film.video();
    if (!stream) throw new Error('no video');
    await using fast = await Muxer.open(file('fast.mkv'));
    const index = fast.addStream(stream);
    for await (const packet of film.packets(stream.index)) {
      if (!packet) break;
      packet.pts /= 2n;
      packet.dts /= 2n;
      await fast.writePacket(packet, index);
    }
    await fast.close();
    let nowMs = 0;
    const clock = {
      now: () => nowMs,
      toTimerMs: (ms: number) => {
        nowMs += ms;
        return 0;
      },
    };
    const feed = new VideoFeed(await openFile(file('fast.mkv'), { turn: noTurn, threads: 1 }), false, clock);
    const times: number[] = [];
    for (let picture = await feed.next(); picture; picture = await feed.next()) {
      times.push(picture.timeMs ?? Number.NaN);
      picture.frame.free();
    }
    await feed.close();
    expect(times).toHaveLength(clipFrames);
    expect(Math.abs((times.at(-1) ?? 0) - (clipFrames - 1) * 20)).toBeLessThan(5);
  });

  it('leaves nothing out where it is fast enough', async () => {
    const feed = new VideoFeed(
      await openFile(file('short.mp4'), { turn: { rotate: 0, mirror: false }, threads: 1 }),
      false,
    );
    let count = 0;
    for (let picture = await feed.next(); picture; picture = await feed.next()) {
      picture.frame.free();
      count++;
    }
    await feed.close();
    expect({ count, skipped: feed.skipped }).toEqual({ count: 10, skipped: 0 });
  });

  it('fails with a reason where the file is missing, empty or no video', async () => {
    await writeFile(file('empty.mp4'), '');
    await writeFile(file('text.mp4'), 'no video at all '.repeat(500));
    for (const [name, reason] of [
      ['nowhere.mp4', 'no such file'],
      ['empty.mp4', 'empty'],
      ['text.mp4', 'damaged'],
    ] as const) {
      const { source, states } = await start({ kind: 'video', path: file(name), loop: true });
      expect(await source.next()).toBeNull();
      expect(states.at(-1)).toMatchObject({ status: 'failed', label: name });
      expect(states.at(-1)?.detail).toContain(reason);
    }
  });
});

describe('a file for analysis', () => {
  it('delivers every frame in order, however slow the taker is', async () => {
    const { source, states } = await analyse(file('clip.mp4'));
    const seen: (number | undefined)[] = [];
    for (let frame = await source.next(); frame; frame = await source.next()) {
      if (seen.length < 3) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(frame.timeMs).toBeCloseTo(seen.length * 40, 3);
      expect(numberOf(frame)).toBe(seen.length);
      seen.push(frame.origin?.index);
      frame.release();
    }
    expect(seen).toEqual(Array.from({ length: clipFrames }, (_, index) => index));
    expect(source.dropped).toBe(0);
    expect(states.at(-1)?.status).toBe('ended');
  });

  it('delivers every n-th frame only', async () => {
    const { source } = await analyse(file('clip.mp4'), { every: 12 });
    expect(await take(source, 100, (frame) => [frame.origin?.index, numberOf(frame)])).toEqual(
      [0, 12, 24, 36, 48].map((index) => [index, index]),
    );
  });

  it('plays what is there of a video that was cut off', async () => {
    const whole = await readFile(file('clip.mkv'));
    await writeFile(file('cut.mkv'), whole.subarray(0, Math.floor(whole.length * 0.6)));
    const { source } = await analyse(file('cut.mkv'));
    const numbers = await take(source, 100, numberOf);
    expect(numbers.length).toBeGreaterThan(5);
    expect(numbers.length).toBeLessThan(clipFrames);
  });

  it('goes on after damage in the middle', async () => {
    const damaged = await readFile(file('moving.mp4'));
    const middle = Math.floor(damaged.length * 0.4);
    damaged.fill(0x55, middle, middle + Math.floor(damaged.length * 0.1));
    await writeFile(file('damaged.mp4'), damaged);
    const { source } = await analyse(file('damaged.mp4'));
    const times = await take(source, 1000, (frame) => frame.timeMs);
    expect(times.length).toBeGreaterThan(40);
    expect(times.at(-1)).toBeGreaterThan(0.9 * clipFrames * 40);
  });

  it('can be closed in the middle, and a frame outlives its source', async () => {
    const { source } = await analyse(file('corners.mp4'));
    const frame = await source.next();
    await source.close();
    expect(await source.next()).toBeNull();
    expect(near(pixel(frame?.rgb() ?? new Uint8Array(), width, 20, 20), red, 4)).toBe(true);
    frame?.release();
  });
});

describe('what a frame shows', () => {
  it.each(['corners.mp4', 'corners.h265.ts'])(
    'has the colours that were put in, by the matrix that the file names: %s',
    async (name) => {
      const { source } = await analyse(file(name));
      const frame = await source.next();
      const rgb = frame?.rgb() ?? new Uint8Array();
      expect(rgb.length).toBe(width * height * 3);
      const places: [number, number, Colour][] = [
        [20, 20, red],
        [300, 20, green],
        [20, 220, blue],
        [300, 220, grey],
      ];
      for (const [x, y, colour] of places) expect(near(pixel(rgb, width, x, y), colour, 4)).toBe(true);
      frame?.release();
    },
  );

  it.each(['film.mp4', 'adam7.png'])('is a plain picture where the file is interlaced: %s', async (name) => {
    const path = file(name);
    if (name.endsWith('png')) await writeFile(path, interlacedPngOf(corners, width, height));
    else await writeVideo(path, { width, height, framesPerSecond: 25, quality: 10, interlaced: true }, [corners]);
    const { source } = await analyse(path);
    const frame = await source.next();
    const rgb = frame?.rgb() ?? new Uint8Array();
    expect(near(pixel(rgb, width, 300, 20), green, 4)).toBe(true);
    expect(near(pixel(rgb, width, 20, 220), blue, 4)).toBe(true);
    expect(frame?.preview(100).height).toBe(100);
    frame?.release();
  });

  it('is the area average where it is scaled down', async () => {
    const stripes = paint(64, 64, (x) => (x % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
    await writeFile(file('stripes.png'), pngOf(stripes, 64, 64));
    const { source } = await analyse(file('stripes.png'));
    const frame = await source.next();
    const half = frame?.scaledRgb(32, 32) ?? new Uint8Array();
    expect(half.length).toBe(32 * 32 * 3);
    expect(half.subarray(96 * 8, 96 * 24).every((value) => Math.abs(value - 127) <= 3)).toBe(true);
    frame?.release();
  });

  it('can be had as I420 for the preview, smaller and with even sides', async () => {
    const { source } = await analyse(file('corners.mp4'));
    const frame = await source.next();
    const small = frame?.preview(101);
    expect(small).toMatchObject({ width: 134, height: 100, matrix: 'bt709', fullRange: false });
    expect(small?.data.byteLength).toBe(134 * 100 * 1.5);
    const whole = frame?.preview(4000);
    expect(whole).toMatchObject({ width, height });
    const luma = new Uint8Array(whole?.data ?? new ArrayBuffer(0));
    // Grey 128 in limited range: 16 + 128 * 219 / 255.
    expect(Math.abs((luma[220 * width + 300] as number) - 126)).toBeLessThanOrEqual(2);
    frame?.release();
  });

  it.each([
    [0, false, [red, green, blue, grey]],
    [90, false, [blue, red, grey, green]],
    [180, false, [grey, blue, green, red]],
    [270, false, [green, grey, red, blue]],
    [0, true, [green, red, grey, blue]],
    [90, true, [red, blue, green, grey]],
  ] as const)('is turned by %i degrees, mirrored: %s', async (rotateDegrees, mirror, expected) => {
    const { source } = await analyse(file('corners.mp4'), { rotateDegrees, mirror });
    const frame = await source.next();
    const [w, h] = rotateDegrees % 180 === 0 ? [width, height] : [height, width];
    expect([frame?.width, frame?.height]).toEqual([w, h]);
    const rgb = frame?.rgb() ?? new Uint8Array();
    const places = [
      [20, 20],
      [w - 20, 20],
      [20, h - 20],
      [w - 20, h - 20],
    ] as const;
    for (const [index, [x, y]] of places.entries()) {
      expect(near(pixel(rgb, w, x, y), expected[index] as Colour, 4)).toBe(true);
    }
    frame?.release();
  });
});

describe('photos', () => {
  it('keep their colours within two levels', async () => {
    const gradient = paint(width, height, (x, y) => [
      Math.round((x * 255) / width),
      Math.round((y * 255) / height),
      128,
    ]);
    await writeFile(file('gradient.jpg'), await jpegOf(gradient, width, height, null));
    const { source } = await start({ kind: 'images', path: file('gradient.jpg') }, { realTime: false });
    const frame = await source.next();
    const rgb = frame?.rgb() ?? new Uint8Array();
    const difference =
      rgb.reduce((sum, value, index) => sum + Math.abs(value - (gradient[index] as number)), 0) / gradient.length;
    expect(difference).toBeLessThan(2);
    frame?.release();
  });

  const cornerAt = (x: number, y: number) => pixel(corners, width, x, y);
  const greyAt = (x: number, y: number) => (x < width / 2 === y < height / 2 ? 200 : 60);
  const blockAt = (column: number, row: number) => cornerAt(column * 8, row * 8);
  /** With the black that all three inks share; 255 is no ink. */
  const inksAt = (column: number, row: number) => {
    const colour = blockAt(column, row);
    const black = Math.max(...colour);
    return [...colour.map((value) => Math.round((255 * value) / black)), black];
  };
  const lumaAndChromaAt = (column: number, row: number) => {
    const [r, g, b] = blockAt(column, row);
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    return [luma, 128 + (b - luma) / 1.772, 128 + (r - luma) / 1.402];
  };
  const palette = Uint8Array.from([red, green, blue, grey].flat());
  const colourKinds: Record<string, () => Buffer | Promise<Buffer>> = {
    'progressive.jpg': () => blockJpegOf(width / 8, height / 8, lumaAndChromaAt, true),
    'baseline.JPG': () => blockJpegOf(width / 8, height / 8, lumaAndChromaAt, false),
    'four inks.jpeg': () => blockJpegOf(width / 8, height / 8, inksAt, false),
    '16 bits.png': () =>
      pngOfKind(width, height, { depth: 16, colour: 2 }, (x, y) => cornerAt(x, y).flatMap((v) => [v, 17])),
    'palette.png': () =>
      pngOfKind(width, height, { depth: 8, colour: 3, palette }, (x, y) => [
        +(x >= width / 2) + 2 * +(y >= height / 2),
      ]),
    'clear.png': () => pngOfKind(width, height, { depth: 8, colour: 6 }, (x, y) => [...cornerAt(x, y), (x * y) % 256]),
    'schön 写真 😀.webp': () => packedPictureOf('lossless.webp', corners, width, height),
    '%d.bmp': () => packedPictureOf('bmp', corners, width, height),
    'a#b?c.TIFF': () => packedPictureOf('tiff', corners, width, height),
  };

  it.each(Object.keys(colourKinds))('of every kind and name have their colours: %s', async (name) => {
    await writeFile(file(name), (await colourKinds[name]?.()) ?? '');
    const { source, states } = await start({ kind: 'images', path: file(name) }, { realTime: false });
    const frame = await source.next();
    expect(states.at(-1)?.detail).toBeNull();
    expect([frame?.width, frame?.height]).toEqual([width, height]);
    const rgb = frame?.rgb() ?? new Uint8Array();
    const seen = [
      [20, 20],
      [300, 20],
      [20, 220],
      [300, 220],
    ].map(([x = 0, y = 0]) => pixel(rgb, width, x, y));
    for (const [index, colour] of [red, green, blue, grey].entries()) {
      expect(near(seen[index] as Colour, colour, 4), `${seen[index]} for ${colour}`).toBe(true);
    }
    frame?.release();
  });

  it.each([
    ['grey.png', 8, 0],
    ['grey 16.png', 16, 0],
    ['grey clear.png', 8, 4],
  ] as const)('in grey keep their values: %s', async (name, depth, colour) => {
    const samples = (x: number, y: number) => [greyAt(x, y), ...(depth === 16 || colour === 4 ? [90] : [])];
    await writeFile(file(name), pngOfKind(width, height, { depth, colour }, samples));
    const { source } = await start({ kind: 'images', path: file(name) }, { realTime: false });
    const frame = await source.next();
    const rgb = frame?.rgb() ?? new Uint8Array();
    expect(near(pixel(rgb, width, 20, 20), [200, 200, 200], 1)).toBe(true);
    expect(near(pixel(rgb, width, 300, 20), [60, 60, 60], 1)).toBe(true);
    frame?.release();
  });

  it.each([
    [1, [red, green, blue, grey]],
    [2, [green, red, grey, blue]],
    [3, [grey, blue, green, red]],
    [4, [blue, grey, red, green]],
    [5, [red, blue, green, grey]],
    [6, [blue, red, grey, green]],
    [7, [grey, green, blue, red]],
    [8, [green, grey, red, blue]],
  ] as const)('are shown upright: EXIF orientation %i', async (orientation, expected) => {
    const path = file(`exif-${orientation}.jpg`);
    await writeFile(path, await jpegOf(corners, width, height, orientation));
    const { source } = await start({ kind: 'images', path }, { realTime: false });
    const frame = await source.next();
    const [w, h] = orientation < 5 ? [width, height] : [height, width];
    expect([frame?.width, frame?.height]).toEqual([w, h]);
    const rgb = frame?.rgb() ?? new Uint8Array();
    const places = [
      [20, 20],
      [w - 20, 20],
      [20, h - 20],
      [w - 20, h - 20],
    ] as const;
    for (const [index, [x, y]] of places.entries()) {
      expect(near(pixel(rgb, w, x, y), expected[index] as Colour, 5)).toBe(true);
    }
    frame?.release();
  });

  it('of a folder come in the order of their numbers, of any size; one that is damaged is told and left out', async () => {
    const pictures = file('pictures');
    await mkdir(pictures);
    await writeFile(join(pictures, 'p2.png'), pngOf(numbered(2), width, height));
    await writeFile(
      join(pictures, 'p10.png'),
      pngOf(
        paint(50, 30, () => [80, 80, 80]),
        50,
        30,
      ),
    );
    await writeFile(join(pictures, 'p3.png'), 'this is no picture');
    await writeFile(join(pictures, 'notes.txt'), 'nor is this');
    const damaged: string[] = [];
    const { source } = await start(
      { kind: 'images', path: pictures },
      { realTime: false, onFileError: (path) => damaged.push(path) },
    );
    expect(await take(source, 10, (frame) => [frame.origin?.file, frame.width, numberOf(frame)])).toEqual([
      [join(pictures, 'p2.png'), width, 2],
      [join(pictures, 'p10.png'), 50, 10],
    ]);
    expect(damaged).toEqual([join(pictures, 'p3.png')]);
  });

  it('are shown again and again in real time', async () => {
    await writeFile(file('one.png'), pngOf(numbered(7), width, height));
    const { source, states } = await start({ kind: 'images', path: file('one.png') });
    const seen = await take(source, 4, (frame) => ({ number: numberOf(frame), timeMs: frame.timeMs }));
    expect(seen.map(({ number }) => number)).toEqual([7, 7, 7, 7]);
    expect(states.at(-1)?.status).toBe('running');
  });

  it('are scenes of their own, each as long as it is shown', async () => {
    const pictures = file('album');
    await mkdir(pictures);
    for (const number of [1, 2])
      await writeFile(join(pictures, `p${number}.png`), pngOf(numbered(number), width, height));
    const { source } = await start({ kind: 'images', path: pictures }, { pictureMs: 400 });
    const seen = await take(source, 8, (frame) => `${numberOf(frame)} in ${frame.scene}`);
    const scenes = [...new Set(seen)];
    expect(seen).toEqual(seen.toSorted((a, b) => scenes.indexOf(a) - scenes.indexOf(b)));
    expect(new Set(scenes.map((each) => each.split(' ').at(-1))).size).toBe(scenes.length);
    expect(scenes.length).toBeGreaterThanOrEqual(3);
  });

  /** Takes frames until one is as wanted. */
  async function until(source: FrameSource, wanted: (frame: Frame) => boolean): Promise<void> {
    for (let frame = await source.next(); frame; frame = await source.next()) {
      const done = wanted(frame);
      frame.release();
      if (done) return;
    }
    throw new Error('the source ended');
  }

  const png = (number: number) => pngOf(numbered(number), width, height);

  it('that cannot be read are left out in one sentence, and the rest is shown', async () => {
    const pictures = file('mixed');
    await mkdir(pictures);
    const jpeg = await jpegOf(texture(1), width, height, null);
    const tiff = Buffer.from('49492a0008000000010003010300010000000700000000000000', 'hex');
    const broken: Record<string, Uint8Array | string> = {
      'a empty.jpg': '',
      'b cut.jpg': jpeg.subarray(0, jpeg.length * 0.6),
      'c text.jpg': 'no picture at all',
      'd jpeg.tif': Buffer.concat([tiff, await packedPictureOf('tiff', corners, width, height)]),
      'e cut.png': png(3).subarray(0, 200),
    };
    for (const [name, content] of Object.entries(broken)) await writeFile(join(pictures, name), content);
    await mkdir(join(pictures, 'f folder.png'));
    await symlink('nowhere.png', join(pictures, 'g link.png'));
    await writeFile(join(pictures, 'x5.png'), png(5));
    await symlink('x5.png', join(pictures, 'x6 link.png'));
    const { source, states } = await start({ kind: 'images', path: pictures }, { pictureMs: 200 });
    const seen = await take(source, 6, numberOf);
    expect(seen).toEqual(Array(6).fill(5));
    expect(states.at(-1)?.status).toBe('running');
    expect(states.at(-1)?.detail).toMatch(/^7 files are left out, as “g link.png”: [A-Z][^.]*\.$/);
    expect(states.at(-1)?.detail).not.toContain(folder);

    const told: [string, string][] = [];
    const all = await start(
      { kind: 'images', path: pictures },
      { realTime: false, onFileError: (path, message) => told.push([path.slice(pictures.length + 1), message]) },
    );
    expect(await take(all.source, 10, numberOf)).toEqual([5, 5]);
    expect(told.map(([name]) => name)).toEqual([...Object.keys(broken), 'f folder.png', 'g link.png']);
    for (const [, message] of told) expect(message).toMatch(/^[A-Z].*\.$/);
    expect(told[1]?.[1]).toContain('not complete');
  });

  it('may come, change and go while the folder is shown', async () => {
    const pictures = file('changing');
    await mkdir(pictures);
    await writeFile(join(pictures, 'p2.png'), png(2));
    await writeFile(join(pictures, 'p3.png'), 'not written yet');
    const { source, states } = await start(
      { kind: 'images', path: pictures },
      { pictureMs: 200, timings: { firstMs: 20, maxMs: 50 } },
    );
    await until(source, (frame) => numberOf(frame) === 2);
    await writeFile(join(pictures, 'p10.png'), png(10));
    await until(source, (frame) => numberOf(frame) === 10);
    await writeFile(join(pictures, 'p3.png'), png(3));
    await until(source, (frame) => numberOf(frame) === 3);
    expect(states.at(-1)?.detail).toBeNull();
    for (const name of ['p2.png', 'p3.png']) await rm(join(pictures, name));
    await writeFile(join(pictures, 'p10.png'), png(12));
    await until(source, (frame) => numberOf(frame) === 12);

    await rm(join(pictures, 'p10.png'));
    const next = source.next();
    // A file that went between the look into the folder and its opening is told first, by its own sentence.
    while (states.at(-1)?.detail !== 'The folder holds no pictures.') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(states.at(-1)?.status).toBe('waiting');
    await writeFile(join(pictures, 'p4.png'), png(4));
    (await next)?.release();
    await until(source, (frame) => numberOf(frame) === 4);
    expect(states.at(-1)?.status).toBe('running');
    const times = await take(source, 2, (frame) => frame.timeMs);
    expect(times[1]).toBeGreaterThan(times[0] as number);
  });

  it('that are not there are waited for', async () => {
    await mkdir(file('nothing'));
    await mkdir(file('only text'));
    await writeFile(join(file('only text'), 'a.jpg'), 'no picture');
    for (const path of [file('nothing'), file('nowhere'), file('only text')]) {
      const { states } = await start({ kind: 'images', path });
      while (states.at(-1)?.status !== 'waiting') await new Promise((resolve) => setTimeout(resolve, 20));
      expect(states.at(-1)?.detail).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('may be ten thousand', async () => {
    const pictures = file('many');
    await mkdir(pictures);
    await writeFile(
      file('many.png'),
      pngOf(
        paint(8, 8, () => grey),
        8,
        8,
      ),
    );
    for (let number = 0; number < 10_000; number += 100) {
      const names = Array.from({ length: 100 }, (_, index) => join(pictures, `p${number + index}.png`));
      await Promise.all(names.map((name) => link(file('many.png'), name)));
    }
    const { source } = await start({ kind: 'images', path: pictures }, { pictureMs: 200 });
    expect(await take(source, 5, (frame) => frame.width)).toEqual(Array(5).fill(8));
    const all = await start({ kind: 'images', path: pictures }, { realTime: false });
    const seen = await take(all.source, 300, (frame) => frame.origin?.file.slice(pictures.length + 1));
    expect(seen).toEqual(Array.from({ length: 300 }, (_, number) => `p${number}.png`));
  });
});

describe('a network stream', () => {
  /** @param answer sends what it likes; the connection stays open unless it ends the response */
  async function serve(
    answer: (response: ServerResponse, connection: number) => void,
  ): Promise<{ url: string; connections: () => number }> {
    let connections = 0;
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp2t' });
      answer(response, ++connections);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { url: `http://watcher:s3cret@127.0.0.1:${port}/live.ts?key=s3cret`, connections: () => connections };
  }

  it('is played, and its password never said', async () => {
    const clip = await readFile(file('stream.ts'));
    const { url } = await serve((response) => response.end(clip));
    const { source, states } = await start({ kind: 'stream', url }, { timings: { firstMs: 20 } });
    const sizes = await take(source, 3, (frame) => [frame.width, frame.height]);
    expect(sizes).toEqual(Array(3).fill([width, height]));
    expect(states[0]?.label).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(JSON.stringify(states)).not.toContain('s3cret');
  });

  it('that stops sending is noticed and opened again', async () => {
    const clip = await readFile(file('stream.ts'));
    const { url, connections } = await serve((response) => response.write(clip));
    const timings = { stallMs: 700, frozenMs: 60_000, checkMs: 50, firstMs: 50 };
    const { source, states } = await start({ kind: 'stream', url }, { timings });
    const times: number[] = [];
    while (connections() < 2 || states.at(-1)?.status !== 'running') {
      const frame = await source.next();
      times.push(frame?.timeMs ?? Number.NaN);
      frame?.release();
    }
    expect(states.map(({ status }) => status)).toContain('stalled');
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('that shows the same picture for ever is noticed and opened again, also upside down and mirrored', async () => {
    const still = Array.from({ length: 100 }, () => corners);
    await writeVideo(file('still.ts'), { width, height, framesPerSecond: 25, preset: 'ultrafast' }, still);
    const clip = await readFile(file('still.ts'));
    const { url } = await serve((response) => {
      const timer = setInterval(() => response.write(clip), 100);
      response.on('close', () => clearInterval(timer));
    });
    const timings = { stallMs: 60_000, frozenMs: 700, checkMs: 50, firstMs: 50 };
    const { source, states } = await start({ kind: 'stream', url }, { timings, mirror: true, rotateDegrees: 180 });
    for (let frame = await source.next(); frame; frame = await source.next()) {
      frame.release();
      if (states.some(({ status }) => status === 'stalled')) break;
    }
    expect(states.find(({ status }) => status === 'stalled')?.detail).toMatch(/frozen/);
  });

  it('that comes in pieces of some seconds (HLS) is played at its own pace', async () => {
    const piece = await readFile(file('stream.ts'));
    const playlist = '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\npiece.ts\n';
    const server = createServer(({ url }, response) => {
      const isList = url?.endsWith('.m3u8');
      response.setHeader('content-type', isList ? 'application/vnd.apple.mpegurl' : 'video/mp2t');
      response.end(isList ? playlist : piece);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { source } = await start({ kind: 'stream', url: `http://127.0.0.1:${port}/live.m3u8` });
    const first = await source.next();
    const [beganMs, fromMs] = [performance.now(), first?.timeMs ?? 0];
    first?.release();
    let timeMs = fromMs;
    while (timeMs < fromMs + 1000) {
      const frame = await source.next();
      timeMs = frame?.timeMs ?? Number.NaN;
      frame?.release();
    }
    // The piece is there at once, and its four seconds take four.
    expect((timeMs - fromMs) / (performance.now() - beganMs)).toBeLessThan(1.6);
  });

  it('that ends is opened again', async () => {
    const clip = await readFile(file('stream.ts'));
    const { url, connections } = await serve((response) => response.end(clip));
    const { source, states } = await start({ kind: 'stream', url }, { timings: { firstMs: 20 } });
    while (connections() < 2 || states.at(-1)?.status !== 'running') (await source.next())?.release();
    expect(states.map(({ status }) => status)).toContain('waiting');
  });

  it('that cannot be reached is waited for with growing pauses', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { source, states } = await start(
      { kind: 'stream', url: `http://127.0.0.1:${port}/x` },
      { timings: { firstMs: 10 } },
    );
    while ((states.at(-1)?.attempt ?? 0) < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(states.some(({ status, detail }) => status === 'waiting' && detail !== null)).toBe(true);
    await source.close();
    expect(states.at(-1)?.status).toBe('closed');
  });
});

describe('an address that answers to nobody', () => {
  it.each(['rtsp', 'http'])('is left at once when nobody waits for it any more (%s)', async (scheme) => {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => sockets.add(socket.on('error', () => {})));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const leaving = new AbortController();
    const opening = openStream(`${scheme}://127.0.0.1:${port}/live`, { rotate: 0, mirror: false }, leaving.signal);
    while (sockets.size === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const hungUp = Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    for (const socket of sockets) socket.resume();
    const began = performance.now();
    leaving.abort();
    await expect(opening).rejects.toThrow();
    await hungUp;
    // By itself FFmpeg would wait for five seconds.
    expect(performance.now() - began).toBeLessThan(4000);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a camera', () => {
  it('that is not plugged in is waited for', async () => {
    const { states } = await start({ kind: 'camera', name: 'usb-Nobody_Has_This_Camera-video-index0' });
    while (states.at(-1)?.status !== 'waiting') await new Promise((resolve) => setTimeout(resolve, 20));
    expect(states.at(-1)).toMatchObject({
      attempt: 1,
      label: 'Nobody Has This Camera',
      detail: 'The camera is not plugged in.',
    });
  });
});

it('analysis is refused for what has a pace of its own', () => {
  const options = { mirror: false, rotateDegrees: 0, realTime: false, demoReel } as const;
  expect(() => createFrameSource({ kind: 'stream', url: 'http://127.0.0.1/x' }, options)).toThrow('Only files');
});
