import type { AVPixelFormat } from 'node-av/constants';
import { AVERROR_EBUSY, AVERROR_ENODEV, AVFMT_FLAG_NONBLOCK } from 'node-av/constants';
import { avGetPixFmtName, Device, FFmpegError, InputFormat } from 'node-av/lib';
import type { CameraMode } from '../../../contract/source.ts';
import type { Medium } from './medium.ts';
import { openMedium } from './medium.ts';

/** A mode as the camera offers it; a compressed one (JPEG) often has the only useful rate at a large size. */
export interface CameraOffer extends CameraMode {
  /** Null = compressed. */
  readonly pixelFormat: AVPixelFormat | null;
}

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
  return openMedium(settingsFor(offer, kind), async (format, settings) => {
    format.setFlags(AVFMT_FLAG_NONBLOCK);
    const answer = await format.openInput(kind === 'dshow' ? `video=${device}` : device, driver, settings);
    if (answer < 0)
      throw new Error(knownAnswers.get(answer) ?? `The camera cannot be opened: ${FFmpegError.strerror(answer)}.`);
  });
}

const knownAnswers = new Map<number, string>([
  [AVERROR_EBUSY, 'The camera is busy: another program uses it.'],
  [AVERROR_ENODEV, 'The camera is not plugged in.'],
]);

function settingsFor(offer: CameraOffer | null, kind: string): Record<string, string> {
  // What FFmpeg would ask a Mac's camera for by itself, none of them has.
  const usual: Record<string, string> = kind === 'avfoundation' ? { pixel_format: 'nv12' } : {};
  if (!offer) return usual;
  const { width, height, framesPerSecond, pixelFormat } = offer;
  const shape = { ...usual, video_size: `${width}x${height}`, framerate: String(framesPerSecond) };
  if (pixelFormat !== null) return { ...shape, pixel_format: avGetPixFmtName(pixelFormat) ?? '' };
  // Only Linux asks for the coding by its name; elsewhere the size and the rate decide it.
  return kind === 'v4l2' ? { ...shape, input_format: 'mjpeg' } : shape;
}
