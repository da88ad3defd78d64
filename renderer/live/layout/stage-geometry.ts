import type { Box } from '../../../contract/geometry.ts';
import type { Size } from './rectangles.ts';

export interface StageGeometry {
  /** Where the picture lies on the stage, in CSS pixels. */
  readonly picture: Box;
  /** Where cards may lie. */
  readonly cards: Box;
  /** Room outside the picture that is large enough for all cards, or null: then cards lie beside their faces. */
  readonly roster: Box | null;
}

/**
 * Fits the picture into the stage. Where it leaves much room (a wide picture on an upright screen, or the reverse),
 * the picture moves to one end and the cards get the rest, so that they cover nothing.
 * @param frame size of the frame in pixels; only its proportions matter
 * @param card the roomiest card in CSS pixels; null = no cards are shown
 */
export function stageGeometry(stage: Size, frame: Size, card: Size | null, gap: number): StageGeometry {
  const scale = Math.min(stage.width / frame.width, stage.height / frame.height);
  const width = Math.round(frame.width * scale);
  const height = Math.round(frame.height * scale);
  const inner = { x: gap, y: gap, width: stage.width - 2 * gap, height: stage.height - 2 * gap };
  const below = stage.height - height - gap;
  const beside = stage.width - width - gap;
  if (card && below >= card.height * 1.6)
    return {
      picture: { x: Math.round((stage.width - width) / 2), y: 0, width, height },
      cards: inner,
      roster: { x: 0, y: height + gap, width: stage.width, height: below },
    };
  if (card && beside >= card.width * 1.1)
    return {
      picture: { x: 0, y: Math.round((stage.height - height) / 2), width, height },
      cards: inner,
      roster: { x: width + gap, y: gap, width: beside, height: stage.height - gap },
    };
  return {
    // Level with what stands beside the stage; what is left over lies below.
    picture: { x: Math.round((stage.width - width) / 2), y: 0, width, height },
    cards: inner,
    roster: null,
  };
}

/** A box of frame pixels on the stage. */
export function onStage(box: Box, frame: Size, picture: Box): Box {
  const scaleX = picture.width / frame.width;
  const scaleY = picture.height / frame.height;
  return {
    x: picture.x + box.x * scaleX,
    y: picture.y + box.y * scaleY,
    width: box.width * scaleX,
    height: box.height * scaleY,
  };
}
