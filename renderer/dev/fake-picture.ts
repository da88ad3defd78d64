import type { PreviewPicture, TrackedFace } from '../../contract/frame-result.ts';

/** A grey street with light discs where the faces are. */
export function fakePicture(
  sequence: number,
  width: number,
  height: number,
  faces: readonly TrackedFace[],
  scale: number,
): PreviewPicture {
  const chroma = Math.ceil(width / 2) * Math.ceil(height / 2);
  const data = new Uint8Array(width * height + 2 * chroma);
  for (let row = 0; row < height; row += 1) data.fill(60 + (90 * row) / height, row * width, (row + 1) * width);
  data.fill(134, width * height, width * height + chroma);
  data.fill(122, width * height + chroma);
  for (const { box } of faces) {
    const [x, y, w, h] = [box.x, box.y, box.width, box.height].map((value) => Math.round(value * scale)) as [
      number,
      number,
      number,
      number,
    ];
    for (let row = Math.max(0, y); row < Math.min(height, y + h); row += 1) {
      const half = (w / 2) * Math.sqrt(Math.max(0, 1 - ((row - y - h / 2) / (h / 2)) ** 2));
      const from = Math.max(0, Math.round(x + w / 2 - half));
      data.fill(190, row * width + from, row * width + Math.min(width, Math.round(x + w / 2 + half)));
    }
  }
  return { sequence, width, height, data: data.buffer, matrix: 'bt709', fullRange: false };
}
