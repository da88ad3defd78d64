import type { Box } from '../../../contract/geometry.ts';

export interface Leader {
  readonly x: number;
  readonly y: number;
  /** Radians, clockwise from the x axis. */
  readonly angle: number;
  readonly length: number;
}

/** Nearer than this, a card belongs to its face without a line. */
const shortest = 26;

/** The line from a face to its card, between their nearest points; null where they are close or overlap. */
export function leaderBetween(face: Box, card: Box): Leader | null {
  const [fromX, toX] = nearest(face.x, face.width, card.x, card.width);
  const [fromY, toY] = nearest(face.y, face.height, card.y, card.height);
  const length = Math.hypot(toX - fromX, toY - fromY);
  if (length < shortest) return null;
  return { x: fromX, y: fromY, angle: Math.atan2(toY - fromY, toX - fromX), length };
}

/** Nearest coordinates of two spans; where they overlap, the middle of what they share, twice. */
function nearest(a: number, sizeA: number, b: number, sizeB: number): [number, number] {
  if (a + sizeA <= b) return [a + sizeA, b];
  if (b + sizeB <= a) return [a, b + sizeB];
  const middle = (Math.max(a, b) + Math.min(a + sizeA, b + sizeB)) / 2;
  return [middle, middle];
}
