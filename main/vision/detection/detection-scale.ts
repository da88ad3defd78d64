/**
 * At which size a frame is shown to the detector.
 *
 * The network finds a face well once it is about a dozen pixels high in its input, and better still at twice that
 * (measured with the teacher on street scenes: recall .39 at 10-16 px, .64 at 16-24 px, .80 at 24-48 px). Time grows
 * with the square of the scale. On the demo reel two sharp faces of 36 to 40 px were never found at 17 px in the input,
 * in 4 of 10 frames at 23 px, in all at 28 px (teacher). So a live picture is shrunk until the smallest wanted face is
 * `smallestFaceInInput.live` pixels high, and never enlarged: the next frame gives a missed face another chance, and the
 * tracker carries it until then. A still picture has one chance and no hurry: it is enlarged where it must be.
 */
export type DetectionEffort = 'live' | 'still';

/** Height in pixels of the detector's input that the smallest wanted face is given. */
export const smallestFaceInInput: Readonly<Record<DetectionEffort, number>> = { live: 18, still: 24 };

/** Longest side of the detector's input, in pixels: bounds time and memory, at the cost of the smallest faces. */
export const longestInputSide: Readonly<Record<DetectionEffort, number>> = { live: 1280, still: 2048 };

/** The coarsest stride of the network: both sides of its input are multiples of it. */
const granularity = 32;
const largestEnlargement = 4;

export interface DetectionSize {
  /** What the frame is scaled to; the rest of the input, right and below, is padding. */
  readonly scaledWidth: number;
  readonly scaledHeight: number;
  /** Multiples of 32. */
  readonly inputWidth: number;
  readonly inputHeight: number;
}

/**
 * @param width frame width in pixels, > 0
 * @param height frame height in pixels, > 0
 * @param smallestFacePx height in frame pixels of the smallest face wanted
 */
export function detectionSize(
  width: number,
  height: number,
  smallestFacePx: number,
  effort: DetectionEffort,
): DetectionSize {
  const wanted = smallestFaceInInput[effort] / Math.max(smallestFacePx, 1);
  const bound = longestInputSide[effort] / Math.max(width, height);
  const largest = Math.min(bound, effort === 'live' ? 1 : largestEnlargement);
  const scale = Math.min(wanted, largest);
  const inputWidth = roundUp(width * scale);
  const inputHeight = roundUp(height * scale);
  // What rounding up has added costs the same whether it holds padding or picture.
  const filled = Math.min(inputWidth / width, inputHeight / height, Math.max(largest, scale));
  return {
    scaledWidth: clamp(Math.round(width * filled), 1, inputWidth),
    scaledHeight: clamp(Math.round(height * filled), 1, inputHeight),
    inputWidth,
    inputHeight,
  };
}

function roundUp(pixels: number): number {
  return Math.max(granularity, Math.ceil(pixels / granularity - 1e-6) * granularity);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
