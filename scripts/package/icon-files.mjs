/** @typedef {{ readonly size: number, readonly png: Buffer }} Picture a square picture, encoded */

/**
 * A Windows icon: a list of pictures, then the pictures, which since Windows Vista may be PNG files.
 * @param {readonly Picture[]} pictures up to 256 pixels wide
 */
export function ico(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    // One byte each for width and height: 0 stands for 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** The kinds of macOS's icon files that hold a PNG file, by width; several where a width also is another one's @2x. */
const kindsBySize = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['icp6', 'ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** @param {readonly Picture[]} pictures of the widths above */
export function icns(pictures) {
  const entries = pictures.flatMap(({ size, png }) => kindsBySize[size].map((kind) => chunk(kind, png)));
  return chunk('icns', Buffer.concat(entries));
}

function chunk(kind, content) {
  const header = Buffer.alloc(8);
  header.write(kind, 'latin1');
  header.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([header, content]);
}
