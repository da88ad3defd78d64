import type { FrameResult } from '../../../contract/frame-result.ts';
import type { Box } from '../../../contract/geometry.ts';
import type { Placement } from '../layout/label-layout.ts';
import { movedInto } from '../layout/rectangles.ts';
import { onStage, type StageGeometry } from '../layout/stage-geometry.ts';
import { BoxMotion } from '../motion/box-motion.ts';
import { place, show } from './element-writer.ts';
import { leaderBetween } from './leader.ts';

/** Time constant with which a card follows its place. */
const cardFollowMs = 140;
/** A card stays put until its place is further away than this: a reader's eye rests on it. */
const cardRestPx = 5;

export interface FaceElements {
  box: HTMLElement | null;
  card: HTMLElement | null;
  leader: HTMLElement | null;
}

interface AnimatedFace {
  readonly motion: BoxMotion;
  placement: Placement | null;
  /** Where the face was when its card was placed: a card beside a face moves with it. */
  placedAt: Box | null;
  cardAt: { x: number; y: number } | null;
  resting: boolean;
}

/**
 * Moves boxes, cards and lines by writing transforms straight to their elements, which neither Svelte nor the layout
 * of the page has to hear about. Times are those of requestAnimationFrame.
 */
export class StageAnimator {
  readonly #faces = new Map<number, AnimatedFace>();
  readonly #elements = new Map<number, FaceElements>();
  #geometry: StageGeometry | null = null;
  #frame = { width: 16, height: 9 };
  #lastDrawMs = 0;
  readonly #blend: boolean;

  /** @param drawsBetween whether `draw` is called between results too, so that corrections can fade in */
  constructor(drawsBetween: boolean) {
    this.#blend = drawsBetween;
  }

  /** Takes an element of a face; null takes it away. */
  register(id: number, part: keyof FaceElements, element: HTMLElement | null): void {
    const elements = this.#elements.get(id) ?? { box: null, card: null, leader: null };
    elements[part] = element;
    if (elements.box || elements.card || elements.leader) this.#elements.set(id, elements);
    else this.#elements.delete(id);
  }

  setGeometry(geometry: StageGeometry): void {
    this.#geometry = geometry;
    for (const face of this.#faces.values()) face.cardAt = null;
  }

  observe(result: FrameResult, nowMs: number): void {
    this.#frame = { width: result.width, height: result.height };
    const present = new Set<number>();
    for (const { trackId, box } of result.faces) {
      present.add(trackId);
      const known = this.#faces.get(trackId);
      if (known) known.motion.observe(box, result.timeMs, nowMs, this.#blend);
      else
        this.#faces.set(trackId, {
          motion: new BoxMotion(box, result.timeMs, nowMs),
          placement: null,
          placedAt: null,
          cardAt: null,
          resting: false,
        });
    }
    for (const id of this.#faces.keys()) if (!present.has(id)) this.#faces.delete(id);
  }

  /** Where a face is shown at `nowMs`, on the stage; null when it is unknown. */
  boxOf(id: number, nowMs: number): Box | null {
    const face = this.#faces.get(id);
    return face && this.#geometry ? onStage(face.motion.at(nowMs), this.#frame, this.#geometry.picture) : null;
  }

  place(placements: ReadonlyMap<number, Placement>, nowMs: number): void {
    for (const [id, face] of this.#faces) {
      face.placement = placements.get(id) ?? null;
      face.placedAt = this.boxOf(id, nowMs);
    }
  }

  /** Writes all transforms for `nowMs`. */
  draw(nowMs: number): void {
    const geometry = this.#geometry;
    if (!geometry) return;
    const follow = 1 - Math.exp(-(nowMs - this.#lastDrawMs) / cardFollowMs);
    this.#lastDrawMs = nowMs;
    for (const [id, face] of this.#faces) {
      const elements = this.#elements.get(id);
      const box = this.boxOf(id, nowMs);
      if (!elements || !box) continue;
      if (elements.box) drawBox(elements.box, box);
      const card = moveCard(face, box, geometry, follow);
      if (!card) continue;
      if (elements.card) place(elements.card, `translate(${Math.round(card.x)}px, ${Math.round(card.y)}px)`);
      if (elements.leader) drawLeader(elements.leader, geometry.roster ? null : leaderBetween(box, card));
    }
  }
}

function moveCard(face: AnimatedFace, box: Box, geometry: StageGeometry, follow: number): Box | null {
  const { placement, placedAt } = face;
  if (!placement) return null;
  const target = cardTarget(placement, placedAt, box, geometry);
  if (!face.cardAt) face.cardAt = { x: target.x, y: target.y };
  const distance = Math.hypot(target.x - face.cardAt.x, target.y - face.cardAt.y);
  if (distance > cardRestPx) face.resting = false;
  if (!face.resting) {
    face.cardAt.x += (target.x - face.cardAt.x) * follow;
    face.cardAt.y += (target.y - face.cardAt.y) * follow;
    face.resting = distance < 1;
  }
  return { ...target, x: face.cardAt.x, y: face.cardAt.y };
}

function cardTarget(placement: Placement, placedAt: Box | null, box: Box, geometry: StageGeometry): Box {
  if (!placedAt || placement.anchor.startsWith('grid')) return placement.box;
  const x = placement.box.x + box.x + box.width / 2 - placedAt.x - placedAt.width / 2;
  const y = placement.box.y + box.y + box.height / 2 - placedAt.y - placedAt.height / 2;
  return movedInto({ ...placement.box, x, y }, geometry.cards);
}

function drawBox(element: HTMLElement, box: Box): void {
  place(element, `translate(${Math.round(box.x)}px, ${Math.round(box.y)}px)`);
  // A scale would distort the rounded corners; whole pixels keep the number of page layouts small.
  const width = `${Math.round(box.width)}px`;
  const height = `${Math.round(box.height)}px`;
  if (element.style.width !== width) element.style.width = width;
  if (element.style.height !== height) element.style.height = height;
}

function drawLeader(element: HTMLElement, leader: ReturnType<typeof leaderBetween>): void {
  show(element, leader !== null);
  if (!leader) return;
  const { x, y, angle, length } = leader;
  place(
    element,
    `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) rotate(${angle.toFixed(4)}rad) scaleX(${length.toFixed(1)})`,
  );
}
