import type { Box } from '../../../contract/geometry.ts';
import { movedInto, type Size } from './rectangles.ts';

/** A place for a card: relative to its face (and moving with it), or a fixed place of the grid. */
export interface Candidate {
  /** Stable name of the place, by which it is recognised in the next layout. */
  readonly anchor: string;
  readonly box: Box;
  /** What the place costs for itself; lower is better. */
  readonly preference: number;
}

/**
 * The places around one face, the liked ones first: beside, below, above, each aligned three ways, then the same a
 * little further away, where a line leads back to the face.
 */
export function candidatesAround(face: Box, card: Size, gap: number, bounds: Box): Candidate[] {
  const found: Candidate[] = [];
  const add = (anchor: string, x: number, y: number, preference: number) => {
    const wanted = { x, y, width: card.width, height: card.height };
    const box = movedInto(wanted, bounds);
    const pushed = Math.hypot(box.x - x, box.y - y);
    found.push({ anchor, box, preference: preference + pushed / 12 });
  };
  for (const ring of [0, 1, 2]) {
    const off = gap + ring * (gap * 2 + card.height * 0.45);
    const right = face.x + face.width + off;
    const left = face.x - card.width - off;
    const below = face.y + face.height + off;
    const above = face.y - card.height - off;
    const middleY = face.y + (face.height - card.height) / 2;
    const middleX = face.x + (face.width - card.width) / 2;
    const cost = ring * 22;
    add(`right-top-${ring}`, right, face.y, cost);
    add(`left-top-${ring}`, left, face.y, cost + 2);
    add(`below-middle-${ring}`, middleX, below, cost + 3);
    add(`above-middle-${ring}`, middleX, above, cost + 4);
    add(`right-middle-${ring}`, right, middleY, cost + 4);
    add(`left-middle-${ring}`, left, middleY, cost + 6);
    add(`right-bottom-${ring}`, right, face.y + face.height - card.height, cost + 5);
    add(`left-bottom-${ring}`, left, face.y + face.height - card.height, cost + 7);
    add(`below-left-${ring}`, face.x, below, cost + 6);
    add(`below-right-${ring}`, face.x + face.width - card.width, below, cost + 6);
    add(`above-left-${ring}`, face.x, above, cost + 7);
    add(`above-right-${ring}`, face.x + face.width - card.width, above, cost + 7);
  }
  return found;
}

/** Fixed places that tile the bounds, for crowds in which every place around a face is taken. */
export function candidatesOnGrid(card: Size, gap: number, bounds: Box): Candidate[] {
  const found: Candidate[] = [];
  const columns = Math.floor((bounds.width + gap) / (card.width + gap));
  const rows = Math.floor((bounds.height + gap) / (card.height + gap));
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      found.push({
        anchor: `grid-${row}-${column}`,
        box: {
          x: bounds.x + column * (card.width + gap),
          y: bounds.y + row * (card.height + gap),
          width: card.width,
          height: card.height,
        },
        preference: 75,
      });
  return found;
}
