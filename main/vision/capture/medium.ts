import type { Demuxer } from 'node-av/api';
import {
  AVERROR_HTTP_FORBIDDEN,
  AVERROR_HTTP_NOT_FOUND,
  AVERROR_HTTP_UNAUTHORIZED,
  AVFMT_FLAG_NONBLOCK,
} from 'node-av/constants';
import { Dictionary, FFmpegError, FormatContext } from 'node-av/lib';
import { streamAnswers } from '../../../contract/source.ts';

/** Something open that packets are read from: a file, a stream, a device. */
export interface Medium {
  readonly format: FormatContext;
  close(): Promise<void>;
}

/** Hands over what a demuxer of node-av has opened; it is closed with the medium. */
export function mediumOf(demuxer: Demuxer): Medium {
  return { format: demuxer.getFormatContext(), close: () => demuxer.close() };
}

/** What an operator can do about it, where the answer says it. */
const knownAnswers = new Map<number, string>([
  [AVERROR_HTTP_UNAUTHORIZED, streamAnswers.refused],
  [AVERROR_HTTP_FORBIDDEN, streamAnswers.forbidden],
  [AVERROR_HTTP_NOT_FOUND, streamAnswers.unknown],
]);

/**
 * Opens an address. When `signal` is aborted FFmpeg gives the attempt up at once, where the high-level `Demuxer.open` would
 * leave it running until its own time is over. @throws Error in plain words when it cannot be reached, or was aborted
 */
export async function openAddress(
  address: string,
  options: Readonly<Record<string, string | number | boolean>>,
  signal: AbortSignal,
): Promise<Medium> {
  signal.throwIfAborted();
  return openMedium(options, async (format, settings) => {
    const giveUp = () => format.interrupt();
    signal.addEventListener('abort', giveUp);
    try {
      throwIfRefused(await format.openInput(address, null, settings));
      // Reads then say that there is nothing yet instead of holding one of FFmpeg's threads.
      format.setFlags(AVFMT_FLAG_NONBLOCK);
      throwIfRefused(await format.findStreamInfo(null));
      signal.throwIfAborted();
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  });
}

/** Has `open` open a context; where it throws, nothing stays open. @param options FFmpeg's, by their names */
export async function openMedium(
  options: Readonly<Record<string, string | number | boolean>>,
  open: (format: FormatContext, settings: Dictionary) => Promise<void>,
): Promise<Medium> {
  const format = new FormatContext();
  // Without a context of its own, made before, there is nothing yet that could be interrupted or take flags.
  format.allocContext();
  const settings = Dictionary.fromObject(options);
  try {
    await open(format, settings);
    return { format, close: () => format.closeInput() };
  } catch (error) {
    await format.closeInput();
    throw error;
  } finally {
    settings.free();
  }
}

/** @param answer FFmpeg's return code */
function throwIfRefused(answer: number): void {
  if (answer >= 0) return;
  const reason = FFmpegError.strerror(answer);
  const usual = `Nothing to be shown comes from this address (${reason}); check it, and whether the camera or server is on.`;
  throw new Error(knownAnswers.get(answer) ?? usual);
}
