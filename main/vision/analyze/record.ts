import type { AttributeReading } from '../../../contract/attributes.ts';
import type { Box, FaceLandmarks } from '../../../contract/geometry.ts';

/** The lines that `analyze` prints: see "For other programs" in the documentation. */

export interface FaceFound {
  /** Null where there is none: in a single picture, and for a face seen for the first time. */
  readonly trackId: number | null;
  readonly box: Box;
  readonly landmarks: FaceLandmarks;
  readonly score: number;
  /** 0..1 */
  readonly quality: number;
  /** Null only where there is no attribute network or no crop. */
  readonly attributes: AttributeReading | null;
}

export interface FrameFound {
  readonly source: string;
  readonly frame: number;
  readonly timeS: number;
  readonly width: number;
  readonly height: number;
  readonly faces: readonly FaceFound[];
}

/** One analysed frame as a line without its end. */
export function frameLine({ source, frame, timeS, width, height, faces }: FrameFound): string {
  return JSON.stringify({ source, frame, time_s: rounded(timeS, 3), width, height, faces: faces.map(faceRecord) });
}

/** A file that cannot be read as a line without its end. */
export function errorLine(source: string, error: string): string {
  return JSON.stringify({ source, error });
}

function faceRecord({ trackId, box, score, landmarks, quality, attributes }: FaceFound): object {
  return {
    track: trackId,
    box: [box.x, box.y, box.width, box.height].map(pixels),
    score: share(score),
    landmarks: landmarks.map(({ x, y }) => [pixels(x), pixels(y)]),
    quality: share(quality),
    attributes: attributes && attributeRecord(attributes),
  };
}

function attributeRecord(reading: AttributeReading): object {
  return {
    age: { years: rounded(reading.age.years, 2), spread: rounded(reading.age.spread, 2) },
    gender: { female: share(reading.gender.female) },
    smile: share(reading.smile),
    expression: shares(reading.expression),
    glasses: shares(reading.glasses),
    eye_makeup: share(reading.eyeMakeup),
    lip_makeup: share(reading.lipMakeup),
    beard: share(reading.beard),
    moustache: share(reading.moustache),
    sideburns: share(reading.sideburns),
  };
}

function shares(values: Readonly<Record<string, number>>): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, share(value)]));
}

const share = (value: number) => rounded(value, 4);
const pixels = (value: number) => rounded(value, 2);

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
