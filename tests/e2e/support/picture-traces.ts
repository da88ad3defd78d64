// biome-ignore-all lint/suspicious/noControlCharactersInRegex: signatures of files are made of them.
import type { Point } from '../../../contract/geometry.ts';

/** The first bytes of picture and film files, as they would stand anywhere in a file or database. */
const signatures: readonly (readonly [string, RegExp])[] = [
  ['JPEG', /\xff\xd8\xff[\xe0-\xef\xdb\xc4]/],
  ['PNG', /\x89PNG\r\n\x1a\n/],
  ['GIF', /GIF8[79]a/],
  ['WebP', /RIFF[\s\S]{4}WEBP/],
  ['TIFF', /(?:II\*\0|MM\0\*)[\s\S]{4}/],
  ['BMP', /BM[\s\S]{4}\0\0\0\0[\s\S]{4}\x28\0\0\0/],
  ['AVIF, HEIC or MP4', /\0\0\0[\x14-\x40]ftyp/],
  ['Matroska or WebM', /\x1a\x45\xdf\xa3/],
  ['PNM', /P[56]\s\d+\s\d+\s255\s/],
];

/** A hundred pixels and more in base64; hashes and keys are shorter. */
const longBase64 = /[A-Za-z0-9+/]{600,}/;

/** @returns what in the content looks like a picture */
export function picturesIn(content: Buffer): string[] {
  const text = content.toString('latin1');
  const found = signatures.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
  if (longBase64.test(text)) found.push('base64');
  return found;
}

/** @returns the encoding in which one of the points stands in the content, or null */
export function pointIn(content: Buffer, points: readonly Point[]): string | null {
  const text = content.toString('latin1');
  for (const { x, y } of points) {
    // Coordinates that are whole numbers say nothing: they may stand for anything else.
    if (Number.isInteger(x) || Number.isInteger(y)) continue;
    // Cut off, not rounded, as a number printed in full begins; or rounded, as a program prints it.
    const written = (value: number): string[] => [value.toFixed(2), String(value).slice(0, value.toFixed(2).length)];
    if (written(x).some((way) => text.includes(way)) && written(y).some((way) => text.includes(way))) return 'text';
    const doubles = Buffer.alloc(16);
    doubles.writeDoubleLE(x, 0);
    doubles.writeDoubleLE(y, 8);
    if (content.includes(doubles)) return 'doubles';
    const floats = Buffer.alloc(8);
    floats.writeFloatLE(x, 0);
    floats.writeFloatLE(y, 4);
    if (content.includes(floats)) return 'floats';
  }
  return null;
}
