import { AV_PIX_FMT_NONE, AVERROR_EBUSY, AVERROR_ENODEV, AVFMT_FLAG_NONBLOCK } from 'node-av/constants';
import { avGetPixFmtName, Device, Dictionary, FFmpegError, FormatContext, InputFormat } from 'node-av/lib';
import type { CameraMode } from '../../../contract/source.ts';
import type { Medium } from './medium.ts';

/** A mode as the camera offers it; a compressed one (JPEG) often has the only useful rate at a large size. */
export interface CameraOffer extends CameraMode {
  /** Null = compressed. */
  readonly pixelFormat: AVPixelFormat | null;
}
type AVPixelFormat = Parameters<typeof avGetPixFmtName>[0];

/**
 * Opens a device of the operating system so that a read says "nothing yet" instead of waiting in the driver, where nothing could
 * interrupt it: a webcam that has hung itself up would keep its thread, and the camera, for ever. For the same reason nothing is
 * read here: the driver has said all there is to know.
 *
 * @param device as the system calls it
 * @param offer what it shall deliver, null = what it likes
 * @throws Error in plain words where it cannot be opened
 */
export async function openDevice(device: string, offer: CameraOffer | null): Promise<Medium> {
  const kind = Device.getVideoFormat();
  const driver = InputFormat.findInputFormat(kind);
  if (!driver) throw new Error('This build of FFmpeg cannot open cameras.');
  const format = new FormatContext();
  format.allocContext();
  format.setFlags(AVFMT_FLAG_NONBLOCK);
  const settings = Dictionary.fromObject({ ...(offer ? settingsFor(offer, kind) : {}) });
  try {
    const answer = await format.openInput(kind === 'dshow' ? `video=${device}` : device, driver, settings);
    if (answer < 0) throw new Error(knownAnswers.get(answer) ?? `The camera cannot be opened: ${reasonOf(answer)}.`);
    return { format, close: () => format.closeInput() };
  } catch (error) {
    await format.closeInput();
    throw error;
  } finally {
    settings.free();
  }
}

const knownAnswers = new Map<number, string>([
  [AVERROR_EBUSY, 'The camera is busy: another program uses it.'],
  [AVERROR_ENODEV, 'The camera is not plugged in.'],
]);

function reasonOf(answer: number): string {
  return FFmpegError.strerror(answer);
}

function settingsFor({ width, height, framesPerSecond, pixelFormat }: CameraOffer, kind: string) {
  const coding =
    pixelFormat === null || pixelFormat === AV_PIX_FMT_NONE
      ? // Only Linux asks for the coding by its name; elsewhere the size and the rate decide it.
        kind === 'v4l2' && { input_format: 'mjpeg' }
      : { pixel_format: avGetPixFmtName(pixelFormat) ?? '' };
  return { video_size: `${width}x${height}`, framerate: String(framesPerSecond), ...coding };
}
