/** Small media made by the tests themselves. */
import { crc32, deflateSync } from 'node:zlib';
import { Encoder } from 'node-av/api';
import {
  AV_PIX_FMT_BGRA,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUVJ444P,
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_RGB,
  AVCOL_SPC_SMPTE170M,
  FF_ENCODER_BMP,
  FF_ENCODER_LIBWEBP,
  FF_ENCODER_MJPEG,
  FF_ENCODER_TIFF,
} from 'node-av/constants';
import { FFmpegError, Frame, Rational, SoftwareScaleContext } from 'node-av/lib';

export type Colour = readonly [number, number, number];

/** RGB24 of which `colourAt` gives every pixel. */
export function paint(width: number, height: number, colourAt: (x: number, y: number) => Colour): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colourAt(x, y), (y * width + x) * 3);
  return data;
}

export function pixel(rgb: Uint8Array, width: number, x: number, y: number): Colour {
  const at = (y * width + x) * 3;
  return [rgb[at] as number, rgb[at + 1] as number, rgb[at + 2] as number];
}

/** A PNG file of RGB24. */
export function pngOf(rgb: Uint8Array, width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) rows.set(rgb.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1);
  return png(width, height, { depth: 8, colour: 2, interlace: 0 }, rows);
}

/** Start and step of each of the seven passes, x and y: https://www.w3.org/TR/png-3/#8Interlace */
const passes = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const;

/** An interlaced (Adam7) PNG file of RGB24. */
export function interlacedPngOf(rgb: Uint8Array, width: number, height: number): Buffer {
  const rows: Uint8Array[] = [];
  for (const [left, stepX, top, stepY] of passes) {
    for (let y = top; y < height && left < width; y += stepY) {
      const row = [0];
      for (let x = left; x < width; x += stepX) row.push(...pixel(rgb, width, x, y));
      rows.push(Uint8Array.from(row));
    }
  }
  return png(width, height, { depth: 8, colour: 2, interlace: 1 }, Buffer.concat(rows));
}

interface PngKind {
  /** Bits of a sample. */
  readonly depth: 8 | 16;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colour: 0 | 2 | 3 | 4 | 6;
  readonly interlace?: 0 | 1;
  /** RGB24, for a palette. */
  readonly palette?: Uint8Array;
}

/** @param samplesAt the bytes of one pixel, as the kind wants them */
export function pngOfKind(
  width: number,
  height: number,
  kind: PngKind,
  samplesAt: (x: number, y: number) => readonly number[],
): Buffer {
  const rows: number[] = [];
  for (let y = 0; y < height; y++) {
    rows.push(0);
    for (let x = 0; x < width; x++) rows.push(...samplesAt(x, y));
  }
  return png(width, height, kind, Buffer.from(rows));
}

/** @param rows each with the byte of its filter in front */
function png(width: number, height: number, { depth, colour, interlace = 0, palette }: PngKind, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlace], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', palette)] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A JPEG file of RGB24 with full chroma. @param orientation EXIF orientation 1..8, or null for no EXIF at all */
export async function jpegOf(
  rgb: Uint8Array,
  width: number,
  height: number,
  orientation: number | null,
): Promise<Buffer> {
  using encoder = await Encoder.create(FF_ENCODER_MJPEG, {
    context: { timeBase: new Rational(1, 25), colorRange: AVCOL_RANGE_JPEG, qMin: 1, qMax: 1 },
  });
  using source = Frame.fromVideoBuffer(Buffer.from(rgb), { width, height, format: AV_PIX_FMT_RGB24 });
  source.colorSpace = AVCOL_SPC_RGB;
  source.colorRange = AVCOL_RANGE_JPEG;
  using frame = new Frame();
  frame.alloc();
  Object.assign(frame, {
    width,
    height,
    format: AV_PIX_FMT_YUVJ444P,
    colorSpace: AVCOL_SPC_SMPTE170M,
    colorRange: AVCOL_RANGE_JPEG,
  });
  FFmpegError.throwIfError(frame.getBuffer(0));
  using scaler = new SoftwareScaleContext();
  scaler.allocContext();
  FFmpegError.throwIfError(scaler.scaleFrameSync(frame, source));
  frame.pts = 0n;
  frame.timeBase = new Rational(1, 25);
  const packets = await encoder.encodeAll(frame);
  await encoder.flush();
  for await (const packet of encoder.flushPackets()) packets.push(packet);
  const jpeg = Buffer.from(packets[0]?.data ?? []);
  for (const packet of packets) packet.free();
  return orientation === null ? jpeg : Buffer.concat([jpeg.subarray(0, 2), exifOf(orientation), jpeg.subarray(2)]);
}

const packedEncoders = {
  'lossless.webp': { encoder: FF_ENCODER_LIBWEBP, format: AV_PIX_FMT_BGRA, options: { lossless: 1 } },
  bmp: { encoder: FF_ENCODER_BMP, format: AV_PIX_FMT_BGRA, options: {} },
  tiff: { encoder: FF_ENCODER_TIFF, format: AV_PIX_FMT_RGB24, options: { compression_algo: 'lzw' } },
} as const;

/** A file of RGB24 in one of the formats that keep every value. */
export async function packedPictureOf(
  kind: keyof typeof packedEncoders,
  rgb: Uint8Array,
  width: number,
  height: number,
): Promise<Buffer> {
  const { encoder: codec, format, options } = packedEncoders[kind];
  using encoder = await Encoder.create(codec, { context: { timeBase: new Rational(1, 25) }, options });
  const bytes = Buffer.alloc(width * height * (format === AV_PIX_FMT_BGRA ? 4 : 3), 255);
  for (let at = 0, to = 0; at < rgb.length; at += 3, to += format === AV_PIX_FMT_BGRA ? 4 : 3) {
    const [r, g, b] = pixel(rgb, 1, 0, at / 3);
    bytes.set(format === AV_PIX_FMT_BGRA ? [b, g, r] : [r, g, b], to);
  }
  using frame = Frame.fromVideoBuffer(bytes, { width, height, format });
  frame.pts = 0n;
  frame.timeBase = new Rational(1, 25);
  const packets = await encoder.encodeAll(frame);
  await encoder.flush();
  for await (const packet of encoder.flushPackets()) packets.push(packet);
  const file = Buffer.from(packets[0]?.data ?? []);
  for (const packet of packets) packet.free();
  return file;
}

/**
 * A JPEG file of blocks of 8 x 8 pixels of one colour each, which needs nothing but their means (ITU-T T.81).
 *
 * @param componentsAt of a block: three are Y, Cb and Cr, four are cyan, magenta, yellow and black as Adobe writes them,
 *   where 255 is no ink
 * @param progressive whether it comes as the first scan of a progressive file
 */
export function blockJpegOf(
  columns: number,
  rows: number,
  componentsAt: (column: number, row: number) => readonly number[],
  progressive: boolean,
): Buffer {
  const numbers = componentsAt(0, 0).map((_, index) => index + 1);
  const adobe = Buffer.concat([Buffer.from('Adobe', 'latin1'), Buffer.from([0, 100, 0, 0, 0, 0, 0])]);
  const size = [(rows * 8) >> 8, (rows * 8) & 255, (columns * 8) >> 8, (columns * 8) & 255];
  const frame = [8, ...size, numbers.length, ...numbers.flatMap((number) => [number, 0x11, 0])];
  // Twelve codes of four bits, one for each length of a difference; and one of one bit for "the rest is zero".
  const means = [0x00, 0, 0, 0, 12, ...Array(12).fill(0), ...Array.from({ length: 12 }, (_, length) => length)];
  const rest = [0x10, 1, ...Array(15).fill(0), 0];
  const scan = [numbers.length, ...numbers.flatMap((number) => [number, 0]), 0, progressive ? 0 : 63, 0];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...(numbers.length === 4 ? [segment(0xee, adobe)] : []),
    segment(0xdb, [0, ...Array(64).fill(1)]),
    segment(progressive ? 0xc2 : 0xc0, frame),
    segment(0xc4, means),
    segment(0xc4, rest),
    segment(0xda, scan),
    meansOf(columns, rows, componentsAt, !progressive),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function segment(marker: number, body: Uint8Array | readonly number[]): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, Buffer.from(body)]);
}

function meansOf(
  columns: number,
  rows: number,
  componentsAt: (column: number, row: number) => readonly number[],
  withRest: boolean,
): Buffer {
  let bits = '';
  const before: number[] = [];
  for (let block = 0; block < columns * rows; block++) {
    for (const [index, value] of componentsAt(block % columns, Math.floor(block / columns)).entries()) {
      const mean = 8 * (Math.round(value) - 128);
      const step = mean - (before[index] ?? 0);
      before[index] = mean;
      const length = step === 0 ? 0 : Math.floor(Math.log2(Math.abs(step))) + 1;
      const digits = step < 0 ? step + 2 ** length - 1 : step;
      bits += length.toString(2).padStart(4, '0');
      bits += length > 0 ? digits.toString(2).padStart(length, '0') : '';
      bits += withRest ? '0' : '';
    }
  }
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const bytes = (padded.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return Buffer.from(bytes.flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte])));
}

/** An APP1 segment with the orientation as its only entry. */
function exifOf(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}
