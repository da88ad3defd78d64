import { describe, expect, it } from 'vitest';
import { type InputMapping, type Stride, type StrideMaps, strides, YunetDecoder } from './yunet-decoder.ts';

const side = 64;
const sameSize: InputMapping = { frameWidth: side, frameHeight: side, scaleX: 1, scaleY: 1 };

function emptyMaps(): StrideMaps[] {
  return strides.map((stride) => {
    const cells = (side / stride) ** 2;
    const array = (channels: number) => new Float32Array(cells * channels);
    return { stride, columns: side / stride, cls: array(1), obj: array(1), bbox: array(4), kps: array(10) };
  });
}

interface Face {
  readonly stride: Stride;
  readonly column: number;
  readonly row: number;
  readonly score: number;
  readonly centre: readonly [number, number];
  readonly size: readonly [number, number];
}

/** Writes a face into one cell as the network would say it; the landmarks sit at the centre, each 1 px further right. */
function write(maps: StrideMaps[], { stride, column, row, score, centre, size }: Face): void {
  const map = maps.find((candidate) => candidate.stride === stride) as StrideMaps;
  const cell = row * map.columns + column;
  map.cls[cell] = score;
  map.obj[cell] = score;
  map.bbox.set(
    [centre[0] / stride - column, centre[1] / stride - row, Math.log(size[0] / stride), Math.log(size[1] / stride)],
    cell * 4,
  );
  for (let k = 0; k < 5; k++)
    map.kps.set([(centre[0] + k) / stride - column, centre[1] / stride - row], cell * 10 + 2 * k);
}

const face: Face = { stride: 8, column: 3, row: 2, score: 0.9, centre: [27, 18], size: [12, 16] };

describe('YunetDecoder', () => {
  it('gives box, landmarks and score of the face that a cell speaks for', () => {
    for (const stride of strides) {
      const maps = emptyMaps();
      write(maps, { ...face, stride, column: 1, row: 0, score: 0.81 });
      const [detection, ...others] = new YunetDecoder().decode(maps, 0.5, sameSize);
      expect(others).toEqual([]);
      expect(detection?.box.x).toBeCloseTo(21, 4);
      expect(detection?.box.y).toBeCloseTo(10, 4);
      expect(detection?.box.width).toBeCloseTo(12, 4);
      expect(detection?.box.height).toBeCloseTo(16, 4);
      expect(detection?.score).toBeCloseTo(0.81, 5);
      expect(detection?.landmarks.map(({ x }) => Math.round(x * 1000) / 1000)).toEqual([27, 28, 29, 30, 31]);
    }
  });

  it('maps to frame pixels, each axis by its own scale', () => {
    const maps = emptyMaps();
    write(maps, face);
    const [detection] = new YunetDecoder().decode(maps, 0.5, {
      frameWidth: 128,
      frameHeight: 192,
      scaleX: 2,
      scaleY: 3,
    });
    expect(detection?.box.x).toBeCloseTo(42, 4);
    expect(detection?.box.height).toBeCloseTo(48, 4);
    expect(detection?.landmarks[4].x).toBeCloseTo(62, 4);
    expect(detection?.landmarks[4].y).toBeCloseTo(54, 4);
  });

  it('takes the geometric mean of the two scores against the threshold', () => {
    const maps = emptyMaps();
    write(maps, face);
    const map = maps[0] as StrideMaps;
    const cell = face.row * map.columns + face.column;
    map.cls[cell] = 0.9;
    map.obj[cell] = 0.4;
    expect(new YunetDecoder().decode(maps, 0.59, sameSize)).toHaveLength(1);
    expect(new YunetDecoder().decode(maps, 0.61, sameSize)).toHaveLength(0);
  });

  it('keeps the best of overlapping candidates, also across strides, and gives the best first', () => {
    const maps = emptyMaps();
    write(maps, { ...face, score: 0.7 });
    write(maps, { ...face, column: 4, centre: [28, 18], score: 0.8 });
    write(maps, { ...face, stride: 16, column: 1, row: 1, centre: [27, 19], score: 0.75 });
    write(maps, { ...face, column: 6, row: 6, centre: [50, 50], score: 0.95 });
    const scores = new YunetDecoder().decode(maps, 0.5, sameSize).map(({ score }) => Number(score.toFixed(3)));
    expect(scores).toEqual([0.95, 0.8]);
  });

  it('joins the landmarks of cells that say nearly the same of one face, by the square of their scores, and of no others', () => {
    const maps = emptyMaps();
    write(maps, { ...face, score: 0.9 });
    // Overlaps by 10 / 14 = .71, and is below the threshold of a face of its own.
    write(maps, { ...face, column: 4, centre: [29, 18], score: 0.6 });
    // By .41: the same face, seen too differently to help.
    write(maps, { ...face, column: 2, centre: [22, 18], score: 0.8 });
    // Near, but so weak that it is a guess.
    write(maps, { ...face, row: 1, centre: [27, 17], score: 0.4 });
    const [detection, ...others] = new YunetDecoder().decode(maps, 0.7, sameSize);
    expect(others).toEqual([]);
    const mean = (27 * 0.81 + 29 * 0.36) / (0.81 + 0.36);
    expect(detection?.landmarks[0].x).toBeCloseTo(mean, 4);
    expect(detection?.landmarks[4].x).toBeCloseTo(mean + 4, 4);
    expect(detection?.landmarks[0].y).toBeCloseTo(18, 4);
    expect(detection?.box.x).toBeCloseTo(21, 4);
    expect(detection?.score).toBeCloseTo(0.9, 5);
  });

  it('leaves out what lies in the padding and what is no number', () => {
    const maps = emptyMaps();
    write(maps, { ...face, column: 7, row: 7, centre: [60, 60] });
    write(maps, { ...face, centre: [27, Number.NaN] });
    write(maps, { ...face, column: 5, score: Number.NaN, centre: [40, 18] });
    expect(new YunetDecoder().decode(maps, 0.5, { ...sameSize, frameWidth: 56, frameHeight: 56 })).toEqual([]);
  });

  it('bounds how much it gives when everything is a candidate, and can be used again', () => {
    const decoder = new YunetDecoder();
    const maps = emptyMaps();
    for (const map of maps) {
      map.cls.fill(1);
      map.obj.fill(1);
    }
    const all = decoder.decode(maps, 0, sameSize);
    expect(all.length).toBeGreaterThan(50);
    expect(all.length).toBeLessThanOrEqual(84);
    expect(decoder.decode(emptyMaps(), 0.1, sameSize)).toEqual([]);
  });
});
