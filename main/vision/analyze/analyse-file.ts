import type { SourceState } from '../../../contract/source.ts';
import type { AlignmentTemplate } from '../attributes/alignment.ts';
import type { AttributeNetwork } from '../attributes/attribute-network.ts';
import type { Frame, FrameSource } from '../capture/frame-source.ts';
import type { FaceDetector } from '../detection/face-detector.ts';
import { FaceTracker } from '../tracking/face-tracker.ts';
import { findFaces } from './find-faces.ts';
import type { AnalysisInput } from './inputs.ts';
import type { Picture } from './picture.ts';
import { readFace } from './read-face.ts';
import type { FaceFound, FrameFound } from './record.ts';
import { VideoFaces } from './video-faces.ts';

export interface AnalysisContext {
  readonly detector: FaceDetector;
  readonly network: AttributeNetwork;
  readonly template: AlignmentTemplate;
  /** Every n-th frame of the file, held back until it is asked for. */
  readonly openSource: (input: AnalysisInput, every: number) => FrameSource;
  readonly every: number;
  readonly minScore: number | null;
  readonly smallestPx: number;
}

/** Why a file cannot be read, as one sentence. */
export class UnreadableError extends Error {}

/**
 * The analysed frames of one file; a picture is a file of one frame.
 *
 * @throws UnreadableError also after some frames, where a video is broken in the middle
 */
export async function* analyseFile(context: AnalysisContext, input: AnalysisInput): AsyncGenerator<FrameFound> {
  if (input.error !== null) throw new UnreadableError(input.error);
  const source = context.openSource(input, context.every);
  let failure: SourceState | null = null;
  let frames = 0;
  const analyse = input.kind === 'picture' ? pictureAnalysis(context) : videoAnalysis(context);
  try {
    await source.open((changed) => {
      if (changed.status === 'failed') failure = changed;
    });
    for (let frame = await source.next(); frame; frame = await source.next()) {
      try {
        const index = frame.origin?.index ?? frames;
        frames++;
        yield { ...described(input, frame, index), faces: await analyse(frame).catch(notAnalysed) };
      } finally {
        frame.release();
      }
    }
  } finally {
    await source.close();
  }
  if (frames === 0 || failure) throw new UnreadableError(reason(frames, detailOf(failure)));
}

/** One picture that cannot be worked on must not end the analysis of the others. */
function notAnalysed(cause: unknown): never {
  throw new UnreadableError(`It cannot be analysed: ${cause instanceof Error ? cause.message : String(cause)}.`);
}

type FrameAnalysis = (frame: Frame) => Promise<readonly FaceFound[]>;

function pictureAnalysis({ detector, network, template, minScore, smallestPx }: AnalysisContext): FrameAnalysis {
  return async (frame) => {
    const picture: Picture = { width: frame.width, height: frame.height, rgb: frame.rgb() };
    const wanted = { smallestPx, minScore: minScore ?? detector.defaultMinScore, searchHarder: minScore === null };
    const faces: FaceFound[] = [];
    for (const detection of await findFaces(detector, picture, wanted)) {
      const { box, landmarks, score } = detection;
      faces.push({
        trackId: null,
        box,
        landmarks,
        score,
        ...(await readFace(network, template, picture, landmarks, true)),
      });
    }
    return faces;
  };
}

function videoAnalysis({ detector, network, template, minScore, smallestPx }: AnalysisContext): FrameAnalysis {
  const workingPoint = minScore ?? detector.defaultMinScore;
  const tracker = new FaceTracker({ minScore: workingPoint });
  const faces = new VideoFaces({ detector, tracker, network, template }, workingPoint, smallestPx);
  return (frame) => faces.find(frame);
}

function described({ source }: AnalysisInput, { width, height, timeMs }: Frame, index: number) {
  return { source, frame: index, timeS: timeMs / 1000, width, height };
}

function detailOf(failure: SourceState | null): string | null {
  return failure?.detail ?? null;
}

function reason(frames: number, detail: string | null): string {
  const what = frames === 0 ? 'It cannot be read as a picture or video' : `It breaks off after ${frames} frames`;
  return detail ? `${what}: ${detail.replace(/\.$/, '')}.` : `${what}.`;
}
