import type { PreviewPicture } from '../../../contract/frame-result.ts';

const colours = {
  bt601: { matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m' },
  bt709: { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709' },
} as const satisfies Record<PreviewPicture['matrix'], VideoColorSpaceInit>;

/**
 * Paints I420 planes onto a canvas of the picture's own size; the page scales it. The browser converts the colours,
 * and every frame is closed at once: an unclosed one keeps its memory.
 *
 * With a GPU a frame is drawn as it is, and the GPU converts it. Without one Chromium would keep each drawn frame in a
 * cache of up to 512 MB, in case it were drawn again; there the pixels are converted into one buffer that is used over
 * and over, and put onto the canvas.
 */
export class PicturePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #software: boolean;
  #frame: VideoFrame | null = null;
  #pixels: ImageData | null = null;

  constructor(canvas: HTMLCanvasElement, software: boolean) {
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: software });
    if (!context) throw new Error('a canvas without another context gives its 2d context');
    this.#canvas = canvas;
    this.#context = context;
    this.#software = software;
  }

  /**
   * Makes a picture ready for `paint`.
   * @throws a DOMException when the planes do not have the size that the picture says
   */
  async prepare(picture: PreviewPicture): Promise<void> {
    const frame = new VideoFrame(picture.data, {
      format: 'I420',
      codedWidth: picture.width,
      codedHeight: picture.height,
      timestamp: 0,
      colorSpace: { ...colours[picture.matrix], fullRange: picture.fullRange },
    });
    if (!this.#software) {
      this.#frame?.close();
      this.#frame = frame;
      return;
    }
    try {
      if (this.#pixels?.width !== picture.width || this.#pixels.height !== picture.height)
        this.#pixels = new ImageData(picture.width, picture.height);
      await frame.copyTo(this.#pixels.data, { format: 'RGBX' });
    } finally {
      frame.close();
    }
  }

  get size(): { readonly width: number; readonly height: number } {
    return { width: this.#canvas.width, height: this.#canvas.height };
  }

  /** Brings the prepared picture onto the canvas. */
  paint(): void {
    const source = this.#software ? this.#pixels : this.#frame;
    if (!source) return;
    const [width, height] =
      source instanceof ImageData ? [source.width, source.height] : [source.codedWidth, source.codedHeight];
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    if (source instanceof ImageData) this.#context.putImageData(source, 0, 0);
    else this.#context.drawImage(source, 0, 0, width, height);
    this.#frame?.close();
    this.#frame = null;
  }

  /** Nothing of the last picture stays, on the canvas or in memory. */
  clear(): void {
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#pixels?.data.fill(0);
    this.#frame?.close();
    this.#frame = null;
  }

  close(): void {
    this.#frame?.close();
    this.#frame = null;
  }
}
