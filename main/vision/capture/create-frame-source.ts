import { AV_LOG_ERROR, AV_LOG_QUIET } from 'node-av/constants';
import { Log } from 'node-av/lib';
import type { SourceSpec } from '../../../contract/source.ts';
import { AnalysisSource } from './analysis-source.ts';
import { openCamera } from './cameras.ts';
import type { FeedKind } from './feed.ts';
import type { FrameSource } from './frame-source.ts';
import type { LiveTimings } from './live-source.ts';
import { defaultLiveTimings, LiveSource } from './live-source.ts';
import { openPictures } from './picture-feed.ts';
import type { Turn } from './picture-turn.ts';
import { openStream } from './stream-feed.ts';
import { openFile, VideoFeed } from './video-feed.ts';

export interface FrameSourceOptions {
  readonly mirror: boolean;
  /** Clockwise, applied before mirroring. */
  readonly rotateDegrees: 0 | 90 | 180 | 270;
  /** False = for analysis: files only, every frame, as fast as they are taken. */
  readonly realTime: boolean;
  /** Absolute path of the demo reel. */
  readonly demoReel: string;
  /** For analysis: only every n-th frame, beginning with the first. Default 1. */
  readonly every?: number;
  /** For analysis of a folder: told of a file that cannot be read, while the others go on. */
  readonly onFileError?: (file: string, message: string) => void;
  /** How long each picture of a folder is shown, ms. Default 5000. */
  readonly pictureMs?: number;
  /** For tests. */
  readonly timings?: Partial<LiveTimings>;
}

/** FFmpeg writes its troubles to stderr by itself; ours are told as states. VITRINE_FFMPEG_LOG=1 lets errors through. */
Log.setLevel(process.env.VITRINE_FFMPEG_LOG ? AV_LOG_ERROR : AV_LOG_QUIET);

/** Looking for a camera costs little, and whoever plugs it in again wants to see it soon. */
const cameraTimings: Partial<LiveTimings> = { maxMs: 4000 };

/** @throws Error when a camera or stream is to be analysed as fast as possible: they have a pace of their own */
export function createFrameSource(spec: SourceSpec, options: FrameSourceOptions): FrameSource {
  const turn: Turn = { rotate: options.rotateDegrees, mirror: options.mirror };
  if (options.realTime) {
    const timings = { ...defaultLiveTimings, ...(spec.kind === 'camera' ? cameraTimings : {}), ...options.timings };
    return new LiveSource(spec, feedKindOf(spec, turn, options), timings);
  }
  if (spec.kind === 'camera' || spec.kind === 'stream')
    throw new Error('Only files can be analysed faster than real time.');
  const path = spec.kind === 'demo' ? options.demoReel : spec.path;
  return new AnalysisSource(spec, path, {
    turn,
    every: Math.max(1, Math.round(options.every ?? 1)),
    onFileError: options.onFileError,
  });
}

function feedKindOf(spec: SourceSpec, turn: Turn, { demoReel, pictureMs }: FrameSourceOptions): FeedKind {
  switch (spec.kind) {
    case 'camera':
      return { open: () => openCamera(spec, turn), whenBroken: 'wait', whenEnded: 'reopen', watched: true };
    case 'stream':
      return {
        open: (signal) => openStream(spec.url, turn, signal),
        whenBroken: 'wait',
        whenEnded: 'reopen',
        watched: true,
      };
    case 'images':
      return {
        open: () => openPictures(spec.path, turn, pictureMs),
        whenBroken: 'wait',
        whenEnded: 'ended',
        watched: false,
      };
    case 'demo':
    case 'video': {
      const [path, loop] = spec.kind === 'demo' ? [demoReel, true] : [spec.path, spec.loop];
      const open = async () => new VideoFeed(await openFile(path, { turn, threads: 1 }), loop);
      return { open, whenBroken: 'fail', whenEnded: 'ended', watched: false };
    }
  }
}
