import type { Box } from '../../../contract/geometry.ts';
import { type Candidate, candidatesAround, candidatesOnGrid } from './candidates.ts';
import { distanceBetween, grown, type Size, sharedArea } from './rectangles.ts';

export interface FaceToLabel {
  readonly id: number;
  /** The face's box in the same pixels as the bounds. */
  readonly box: Box;
  /** Size of its card: a face that cannot be read has a smaller one. */
  readonly card: Size;
}

export interface Placement {
  readonly id: number;
  readonly anchor: string;
  readonly box: Box;
  /** Share of the card that lies over other cards or over faces, 0..1 and more where several overlap. */
  readonly overlap: number;
}

export interface LayoutRequest {
  readonly faces: readonly FaceToLabel[];
  /** Where cards may lie. */
  readonly bounds: Box;
  /** Distance between a face and its card, and between cards, in pixels. */
  readonly gap: number;
  /** The placements of the layout before: a card leaves its place only for a clearly better one. */
  readonly previous: ReadonlyMap<number, Placement>;
}

const cardOnCardCost = 1400;
const cardOnFaceCost = 900;
const cardOnOwnFaceCost = 1100;
/** What staying in the same place is worth. */
const stayBonus = 26;
const distanceCost = 0.12;
const improvementRounds = 3;

/**
 * Places one card per face. A greedy pass in order of age (the lowest id first, so that newcomers make room, not
 * those already read), then a few rounds in which cards that still overlap may move. Cost is linear in the number of
 * candidates and quadratic in faces: some hundred thousand rectangle tests for 20 faces, done a few times a second.
 */
export function layOutLabels(request: LayoutRequest): Placement[] {
  const faces = [...request.faces].sort((a, b) => a.id - b.id);
  const gridFor = gridsBySize(request);
  const chosen = new Map<number, Placement>();
  for (const face of faces) chosen.set(face.id, bestPlace(face, faces, gridFor(face.card), chosen, request));
  for (let round = 0; round < improvementRounds; round += 1) {
    let moved = false;
    for (const face of faces) {
      const current = chosen.get(face.id);
      if (!current || current.overlap === 0) continue;
      const better = bestPlace(face, faces, gridFor(face.card), chosen, request);
      moved ||= better.anchor !== current.anchor;
      chosen.set(face.id, better);
    }
    if (!moved) break;
  }
  // What a card placed later covers, counts for both: tell the final overlap.
  return faces.map((face) => {
    const placement = chosen.get(face.id) as Placement;
    return { ...placement, overlap: overlapOf(placement.box, face, faces, chosen, request.gap / 2).share };
  });
}

function gridsBySize({ gap, bounds }: LayoutRequest): (card: Size) => readonly Candidate[] {
  const grids = new Map<string, readonly Candidate[]>();
  return (card) => {
    const key = `${card.width} ${card.height}`;
    const grid = grids.get(key) ?? candidatesOnGrid(card, gap, bounds);
    grids.set(key, grid);
    return grid;
  };
}

function bestPlace(
  face: FaceToLabel,
  faces: readonly FaceToLabel[],
  grid: readonly Candidate[],
  chosen: ReadonlyMap<number, Placement>,
  request: LayoutRequest,
): Placement {
  const previousAnchor = request.previous.get(face.id)?.anchor;
  let best: Placement | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  const consider = (candidate: Candidate) => {
    let cost = candidate.preference + distanceCost * distanceBetween(candidate.box, face.box);
    if (candidate.anchor === previousAnchor) cost -= stayBonus;
    if (cost >= bestCost) return;
    const overlap = overlapOf(candidate.box, face, faces, chosen, request.gap / 2);
    cost += overlap.cost;
    if (cost >= bestCost) return;
    bestCost = cost;
    best = { id: face.id, anchor: candidate.anchor, box: candidate.box, overlap: overlap.share };
  };
  for (const candidate of candidatesAround(face.box, face.card, request.gap, request.bounds)) consider(candidate);
  for (const candidate of grid) consider(candidate);
  if (!best) throw new RangeError('a face has candidates around it at any size');
  return best;
}

function overlapOf(
  card: Box,
  own: FaceToLabel,
  faces: readonly FaceToLabel[],
  chosen: ReadonlyMap<number, Placement>,
  margin: number,
): { readonly cost: number; readonly share: number } {
  const area = card.width * card.height;
  const wide = grown(card, margin);
  let cost = 0;
  let share = 0;
  for (const other of faces) {
    const onFace = sharedArea(card, other.box) / Math.min(area, Math.max(other.box.width * other.box.height, 1));
    if (onFace > 0) {
      cost += onFace * (other.id === own.id ? cardOnOwnFaceCost : cardOnFaceCost) + 20;
      share += sharedArea(card, other.box) / area;
    }
    const label = other.id === own.id ? undefined : chosen.get(other.id);
    if (!label) continue;
    const onCard = sharedArea(wide, label.box) / area;
    if (onCard > 0) cost += onCard * cardOnCardCost + 20;
    share += sharedArea(card, label.box) / area;
  }
  return { cost, share };
}
