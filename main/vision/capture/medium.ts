import type { Demuxer } from 'node-av/api';
import { AVFMT_FLAG_NONBLOCK } from 'node-av/constants';
import { Dictionary, FFmpegError, FormatContext } from 'node-av/lib';

/** Something open that packets are read from: a file, a stream, a device. */
export interface Medium {
  readonly format: FormatContext;
  close(): Promise<void>;
}

/** Hands over what a demuxer of node-av has opened; it is closed with the medium. */
export function mediumOf(demuxer: Demuxer): Medium {
  return { format: demuxer.getFormatContext(), close: () => demuxer.close() };
}

/**
 * Opens an address. When `signal` is aborted FFmpeg gives the attempt up at once, where the high-level `Demuxer.open` would
 * leave it running until its own time is over. @throws FFmpegError when it cannot be reached or was aborted
 */
export async function openAddress(
  address: string,
  options: Readonly<Record<string, string | number | boolean>>,
  signal: AbortSignal,
): Promise<Medium> {
  signal.throwIfAborted();
  const format = new FormatContext();
  // Without a context of its own, made before, there is nothing yet that could be interrupted.
  format.allocContext();
  const giveUp = () => format.interrupt();
  signal.addEventListener('abort', giveUp);
  const settings = Dictionary.fromObject(options);
  try {
    FFmpegError.throwIfError(await format.openInput(address, null, settings), 'It cannot be opened');
    // Reads then say that there is nothing yet instead of holding one of FFmpeg's threads.
    format.setFlags(AVFMT_FLAG_NONBLOCK);
    FFmpegError.throwIfError(await format.findStreamInfo(null), 'Nothing comes that could be read');
    signal.throwIfAborted();
    return { format, close: () => format.closeInput() };
  } catch (error) {
    await format.closeInput();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
    settings.free();
  }
}
