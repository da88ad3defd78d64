import type { Box } from '../../../contract/geometry.ts';
import type { Detection, FaceDetector } from '../detection/face-detector.ts';
import { FramedPicture, type Picture } from './picture.ts';

/**
 * All faces of a single picture, small and large ones. A detector knows faces of a dozen to some 150 pixels best, so it
 * sees the picture at several scales: from the one at which the smallest wanted face is large enough down to one at
 * which a portrait, with a margin round it, is small enough. Of one face found at several scales, the sight whose size
 * suits the detector best is taken.
 */

/** The picture's longest side at the coarsest scale, and the part of it that is margin on each side. */
const coarsestSide = 128;
const margin = 0.125;
/** From one scale to the next the picture shrinks at most so much. */
const largestStep = 3.2;

/** Height of a face in the detector's input at which its landmarks are best. */
const idealHeight = 70;
/** Below this, a face is left to a finer scale. */
const leastHeight = 20;

/** What `still` effort gives the smallest wanted face, in pixels of the detector's input. */
const smallestInInput = 24;

/** Overlap (intersection over union, or part of the smaller box) at which two sights show the same face. */
const sameOverlap = 0.4;
const sameInside = 0.75;

/** A picture up to this size in which no face was found is likely a tight portrait: it is looked at again. */
const portraitSide = 320;
/** Of the working point; a plain grey picture scores less than a third of it. */
const portraitShare = 0.45;

export interface Wanted {
  /** Height in pixels of the smallest face. */
  readonly smallestPx: number;
  /** Least score, 0..1. */
  readonly minScore: number;
  /** Whether a small picture in which nothing was found may be searched with less demanding scores. */
  readonly searchHarder: boolean;
}

interface Sight {
  readonly detection: Detection;
  /** How far the face's height in the detector's input is from the ideal one (absolute logarithm of the ratio). */
  readonly misfit: number;
}

/** @returns the faces, best first */
export async function findFaces(
  detector: FaceDetector,
  picture: Picture,
  wanted: Wanted,
): Promise<readonly Detection[]> {
  const sights: Sight[] = [];
  for (const scale of scalesOf(picture, wanted.smallestPx))
    sights.push(...(await look(detector, picture, scale, wanted.minScore)));
  const faces = distinct(sights);
  if (faces.length > 0 || !wanted.searchHarder || Math.max(picture.width, picture.height) > portraitSide) return faces;
  return portrait(detector, picture, wanted.minScore);
}

interface Scale {
  /** Pixels of the detector's input for each of the picture. */
  readonly factor: number;
  /** In pixels of the picture. */
  readonly margin: number;
  readonly leastHeight: number;
}

function scalesOf(picture: Picture, smallestPx: number): readonly Scale[] {
  const longest = Math.max(picture.width, picture.height);
  const coarsest = coarsestSide / longest;
  const finest = smallestInInput / smallestPx;
  const scales: Scale[] = [withMargin(longest, coarsest, finest > coarsest ? leastHeight : 0)];
  if (finest <= coarsest) return scales;
  const steps = Math.max(1, Math.ceil(Math.log(finest / coarsest) / Math.log(largestStep)));
  for (let i = 1; i <= steps; i++) {
    const factor = coarsest * (finest / coarsest) ** (i / steps);
    scales.push({ factor, margin: 0, leastHeight: i === steps ? 0 : leastHeight });
  }
  return scales;
}

function withMargin(longest: number, factor: number, least: number): Scale {
  return { factor, margin: Math.round((longest * margin) / (1 - 2 * margin)), leastHeight: least };
}

async function look(
  detector: FaceDetector,
  picture: Picture,
  scale: Scale,
  minScore: number,
): Promise<readonly Sight[]> {
  const framed = new FramedPicture(picture, scale.margin);
  const found = await detector.detect(framed, smallestInInput / scale.factor, minScore, 'still');
  return found
    .map((detection) => moved(detection, -scale.margin))
    .filter(({ box }) => box.height * scale.factor >= scale.leastHeight && isMostlyInside(box, picture))
    .map((detection) => ({
      detection,
      misfit: Math.abs(Math.log((detection.box.height * scale.factor) / idealHeight)),
    }));
}

function moved({ box, landmarks, score }: Detection, by: number): Detection {
  const shift = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x: x + by, y: y + by });
  const [a, b, c, d, e] = landmarks;
  return { box: { ...box, ...shift(box) }, score, landmarks: [shift(a), shift(b), shift(c), shift(d), shift(e)] };
}

function isMostlyInside(box: Box, { width, height }: Picture): boolean {
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  return x > 0 && x < width && y > 0 && y < height;
}

/** One detection for each face, with the best score that any scale gave it. */
function distinct(sights: readonly Sight[]): readonly Detection[] {
  const kept: Sight[] = [];
  for (const sight of [...sights].sort((a, b) => a.misfit - b.misfit)) {
    const at = kept.findIndex(({ detection }) => isSame(detection.box, sight.detection.box));
    const before = kept[at];
    if (!before) kept.push(sight);
    else if (sight.detection.score > before.detection.score) {
      kept[at] = { ...before, detection: { ...before.detection, score: sight.detection.score } };
    }
  }
  return kept.map(({ detection }) => detection).sort((a, b) => b.score - a.score);
}

function isSame(a: Box, b: Box): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return false;
  const common = width * height;
  const areas = [a.width * a.height, b.width * b.height] as const;
  return common / (areas[0] + areas[1] - common) > sameOverlap || common / Math.min(...areas) > sameInside;
}

/** Looks with other margins and lower scores for the one face that a tight portrait shows. */
async function portrait(detector: FaceDetector, picture: Picture, minScore: number): Promise<readonly Detection[]> {
  const longest = Math.max(picture.width, picture.height);
  const least = minScore * portraitShare;
  const attempts = [
    { side: 90, inside: 90 / 160, score: minScore },
    { side: 152, inside: 152 / 160, score: (minScore + least) / 2 },
    { side: 110, inside: 110 / 160, score: least },
    { side: 70, inside: 70 / 160, score: least },
  ];
  for (const { side, inside, score } of attempts) {
    const scale = { factor: side / longest, margin: Math.round((longest * (1 / inside - 1)) / 2), leastHeight };
    const [best] = (await look(detector, picture, scale, score))
      .map(({ detection }) => detection)
      .filter(({ box }) => box.height > 0.35 * picture.height)
      .sort((a, b) => b.score - a.score);
    if (best) return [best];
  }
  return [];
}
