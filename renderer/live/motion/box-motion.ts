import type { Box } from '../../../contract/geometry.ts';

/** A prediction is never carried further than this beyond the last measurement. */
const longestPredictionMs = 120;
/** Time constant with which the gap between the shown and the measured box closes. */
const correctionMs = 70;
/** Share of a newly measured velocity in the smoothed one. */
const velocityGain = 0.45;
/** A measured centre further away than this many box widths is another place, not a movement. */
const jumpInWidths = 1.5;

/**
 * Moves one box smoothly between measurements: it is carried on with its smoothed velocity, and what a new
 * measurement corrects fades in instead of jumping ("projective velocity blending", as networked games do it).
 * All coordinates are pixels of the frame; all times are milliseconds of one monotonic clock.
 */
export class BoxMotion {
  #centreX: number;
  #centreY: number;
  #width: number;
  #height: number;
  #velocityX = 0;
  #velocityY = 0;
  #offX = 0;
  #offY = 0;
  #offWidth = 0;
  #offHeight = 0;
  #shownAtMs: number;
  #sourceTimeMs: number;

  /**
   * @param sourceTimeMs the frame's own time: velocities are measured on it, because frames reach the page unevenly
   * @param shownAtMs when the measurement is first shown
   */
  constructor(box: Box, sourceTimeMs: number, shownAtMs: number) {
    this.#centreX = box.x + box.width / 2;
    this.#centreY = box.y + box.height / 2;
    this.#width = box.width;
    this.#height = box.height;
    this.#sourceTimeMs = sourceTimeMs;
    this.#shownAtMs = shownAtMs;
  }

  /**
   * Takes a new measurement; what `at` returns for `shownAtMs` does not change by it, unless the box jumped.
   * @param blend false where the page is drawn only when a measurement comes: what is corrected is then shown at once,
   * because there is no drawing in between in which it could fade in
   */
  observe(box: Box, sourceTimeMs: number, shownAtMs: number, blend = true): void {
    const shown = this.at(shownAtMs);
    const centreX = box.x + box.width / 2;
    const centreY = box.y + box.height / 2;
    const elapsed = sourceTimeMs - this.#sourceTimeMs;
    const far = Math.hypot(centreX - this.#centreX, centreY - this.#centreY) > jumpInWidths * this.#width;
    if (far) {
      this.#velocityX = 0;
      this.#velocityY = 0;
    } else if (elapsed > 0) {
      this.#velocityX += velocityGain * ((centreX - this.#centreX) / elapsed - this.#velocityX);
      this.#velocityY += velocityGain * ((centreY - this.#centreY) / elapsed - this.#velocityY);
    }
    this.#centreX = centreX;
    this.#centreY = centreY;
    this.#width = box.width;
    this.#height = box.height;
    const kept = far || !blend ? 0 : 1;
    this.#offX = kept * (shown.x + shown.width / 2 - centreX);
    this.#offY = kept * (shown.y + shown.height / 2 - centreY);
    this.#offWidth = kept * (shown.width - box.width);
    this.#offHeight = kept * (shown.height - box.height);
    this.#sourceTimeMs = sourceTimeMs;
    this.#shownAtMs = shownAtMs;
  }

  /** The box to show at `nowMs`. */
  at(nowMs: number): Box {
    const elapsed = Math.max(0, nowMs - this.#shownAtMs);
    const ahead = Math.min(elapsed, longestPredictionMs);
    const left = Math.exp(-elapsed / correctionMs);
    const width = this.#width + this.#offWidth * left;
    const height = this.#height + this.#offHeight * left;
    const centreX = this.#centreX + this.#velocityX * ahead + this.#offX * left;
    const centreY = this.#centreY + this.#velocityY * ahead + this.#offY * left;
    return { x: centreX - width / 2, y: centreY - height / 2, width, height };
  }
}
