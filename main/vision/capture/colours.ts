import {
  AV_CODEC_ID_MJPEG,
  AV_CODEC_ID_RAWVIDEO,
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_YUVJ420P,
  AV_PIX_FMT_YUVJ422P,
  AV_PIX_FMT_YUVJ440P,
  AV_PIX_FMT_YUVJ444P,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_UNSPECIFIED,
  AVCOL_SPC_BT709,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_UNSPECIFIED,
  type AVCodecID,
  type AVPixelFormat,
} from 'node-av/constants';
import { type Frame as AvFrame, avGetPixFmtName } from 'node-av/lib';

/** From this height on, video that does not name its colour matrix is taken to be ITU-R BT.709, below it BT.601. */
const smallestHighDefinition = 720;

/**
 * Fills in what a frame does not say about its colours, as players do it: JPEG is BT.601 with full range, and so is what
 * cameras deliver raw (but for the range); other video goes by its height.
 */
export function assumeColours(frame: AvFrame, codec: AVCodecID): void {
  const jpeg = codec === AV_CODEC_ID_MJPEG || fullRangeFormats.has(frame.format);
  if (frame.colorRange === AVCOL_RANGE_UNSPECIFIED && (jpeg || frame.format === AV_PIX_FMT_GRAY8)) {
    frame.colorRange = AVCOL_RANGE_JPEG;
  }
  if (frame.colorSpace === AVCOL_SPC_UNSPECIFIED && !isRgb(frame.format as AVPixelFormat)) {
    const old = jpeg || codec === AV_CODEC_ID_RAWVIDEO || frame.height < smallestHighDefinition;
    frame.colorSpace = old ? AVCOL_SPC_SMPTE170M : AVCOL_SPC_BT709;
  }
}

const fullRangeFormats = new Set<number>([
  AV_PIX_FMT_YUVJ420P,
  AV_PIX_FMT_YUVJ422P,
  AV_PIX_FMT_YUVJ440P,
  AV_PIX_FMT_YUVJ444P,
]);

/** RGB of any layout has no matrix. */
function isRgb(format: AVPixelFormat): boolean {
  let known = rgbFormats.get(format);
  if (known === undefined) {
    known = /^(rgb|bgr|gbr|argb|abgr|0rgb|0bgr|x2rgb|x2bgr|pal8|mono)/.test(avGetPixFmtName(format) ?? '');
    rgbFormats.set(format, known);
  }
  return known;
}
const rgbFormats = new Map<AVPixelFormat, boolean>();
