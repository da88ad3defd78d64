/**
 * Turns and mirrors of a picture: the eight symmetries of the square, as a clockwise rotation followed (or not) by a
 * mirroring left to right.
 */
export interface Turn {
  readonly rotate: 0 | 90 | 180 | 270;
  readonly mirror: boolean;
}

export const noTurn: Turn = { rotate: 0, mirror: false };

/** First `first`, then `second`. */
export function combine(first: Turn, second: Turn): Turn {
  // A rotation that comes after a mirroring turns the other way round when the mirroring is moved behind it.
  const turned = first.mirror ? (360 - second.rotate) % 360 : second.rotate;
  return { rotate: ((first.rotate + turned) % 360) as Turn['rotate'], mirror: first.mirror !== second.mirror };
}

/**
 * FFmpeg's filters for a turn, or null where nothing is to be done. `vflip` by itself would give lines in reverse order in
 * memory, which not everything that looks at a picture can read; `copy` puts them in order.
 */
export function filtersOf({ rotate, mirror }: Turn): string | null {
  const rotation = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] }[rotate];
  const filters = rotate === 180 && mirror ? ['vflip', 'copy'] : mirror ? [...rotation, 'hflip'] : rotation;
  return filters.length > 0 ? filters.join(',') : null;
}

/**
 * The turn that a display matrix asks for; FFmpeg gives one for a photo's EXIF orientation and for videos of telephones.
 *
 * @param matrix nine 32-bit integers in the machine's order (little endian), as in AV_FRAME_DATA_DISPLAYMATRIX:
 *   (a b u / c d v / x y w), which maps (p, q) to (a p + c q, b p + d q), with q pointing down
 */
export function turnOfDisplayMatrix(matrix: Uint8Array | null | undefined): Turn {
  if (!matrix || matrix.byteLength < 20) return noTurn;
  const view = new DataView(matrix.buffer, matrix.byteOffset, matrix.byteLength);
  const at = (index: number) => Math.sign(view.getInt32(index * 4, true));
  const [a, b, c, d] = [at(0), at(1), at(3), at(4)];
  const known: readonly (readonly [number, number, number, number, Turn])[] = [
    [1, 0, 0, 1, noTurn],
    [-1, 0, 0, 1, { rotate: 0, mirror: true }],
    [-1, 0, 0, -1, { rotate: 180, mirror: false }],
    [1, 0, 0, -1, { rotate: 180, mirror: true }],
    [0, 1, -1, 0, { rotate: 90, mirror: false }],
    [0, 1, 1, 0, { rotate: 90, mirror: true }],
    [0, -1, 1, 0, { rotate: 270, mirror: false }],
    [0, -1, -1, 0, { rotate: 270, mirror: true }],
  ];
  return known.find(([ka, kb, kc, kd]) => ka === a && kb === b && kc === c && kd === d)?.[4] ?? noTurn;
}
