import type { PreviewPicture } from '../../../contract/frame-result.ts';

const colours = {
  bt601: { matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m' },
  bt709: { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709' },
} as const satisfies Record<PreviewPicture['matrix'], VideoColorSpaceInit>;

/**
 * Paints I420 planes onto a canvas of the picture's own size; the page scales it. The browser converts the colours
 * (on the GPU where there is one), and every frame is closed at once: an unclosed one keeps its memory.
 */
export class PicturePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('a canvas without another context gives its 2d context');
    this.#canvas = canvas;
    this.#context = context;
  }

  /** @throws a DOMException when the planes do not have the size that the picture says */
  paint(picture: PreviewPicture): void {
    if (this.#canvas.width !== picture.width || this.#canvas.height !== picture.height) {
      this.#canvas.width = picture.width;
      this.#canvas.height = picture.height;
    }
    const frame = new VideoFrame(picture.data, {
      format: 'I420',
      codedWidth: picture.width,
      codedHeight: picture.height,
      timestamp: 0,
      colorSpace: { ...colours[picture.matrix], fullRange: picture.fullRange },
      // Handed over, the planes are freed with the frame; else hundreds of MB wait for the garbage collector.
      transfer: [picture.data],
    });
    try {
      this.#context.drawImage(frame, 0, 0, picture.width, picture.height);
    } finally {
      frame.close();
    }
  }
}
