import type { AttributeReading } from '../../../contract/attributes.ts';
import type { Box, FaceLandmarks } from '../../../contract/geometry.ts';
import { type AlignmentTemplate, fitSimilarity, sampleCrop } from '../attributes/alignment.ts';
import type { BatchedNetwork } from '../attributes/attribute-reader.ts';
import { TrackFusion } from '../attributes/fusion.ts';
import { estimatePose } from '../attributes/pose.ts';
import { qualityOf, sharpnessOf } from '../attributes/quality.ts';
import type { Frame } from '../capture/frame-source.ts';
import type { FaceDetector } from '../detection/face-detector.ts';
import type { Tracker } from '../tracking/tracker.ts';
import type { FaceFound } from './record.ts';

/** A face is read again after so much time of the video; in between it has what its readings said so far. */
const readAgainMs = 120;

/** As in the kiosk, weaker detections still carry tracks on. */
const weakShare = 0.5;

export interface VideoParts {
  readonly detector: FaceDetector;
  readonly tracker: Tracker;
  readonly network: BatchedNetwork;
  readonly template: AlignmentTemplate;
}

interface Sight {
  readonly trackId: number | null;
  readonly box: Box;
  readonly landmarks: FaceLandmarks;
  readonly score: number;
}

interface Memory {
  readonly fusion: TrackFusion;
  readAtMs: number;
  sharpness: number;
}

/**
 * The faces of a video, frame by frame: detected, tracked and read as the kiosk does it, but without a time budget, and
 * with numbers for every face that is seen, however small, blurred or turned away.
 */
export class VideoFaces {
  readonly #parts: VideoParts;
  readonly #minScore: number;
  readonly #smallestPx: number;
  readonly #memories = new Map<number, Memory>();

  constructor(parts: VideoParts, minScore: number, smallestPx: number) {
    this.#parts = parts;
    this.#minScore = minScore;
    this.#smallestPx = smallestPx;
  }

  async find(frame: Frame): Promise<readonly FaceFound[]> {
    const { detector, tracker } = this.#parts;
    const detections = await detector.detect(frame, this.#smallestPx, this.#minScore * weakShare);
    const { tracks, endedIds } = tracker.update(detections, frame.timeMs, frame.width, frame.height);
    for (const id of endedIds) this.#memories.delete(id);
    const trackOf = new Map(tracks.filter(({ detected }) => detected).map((track) => [track.landmarks, track]));
    const sights = detections.flatMap(({ box, landmarks, score }): Sight[] => {
      const track = trackOf.get(landmarks);
      if (!track && score < this.#minScore) return [];
      return [{ trackId: track?.id ?? null, box, landmarks, score }];
    });
    return this.#read(frame, sights);
  }

  async #read(frame: Frame, sights: readonly Sight[]): Promise<readonly FaceFound[]> {
    const found = new Map<Sight, FaceFound>();
    const due: Sight[] = [];
    for (const sight of sights) {
      const memory = sight.trackId === null ? undefined : this.#memories.get(sight.trackId);
      if (memory && frame.timeMs - memory.readAtMs < readAgainMs) found.set(sight, this.#remembered(sight, memory));
      else due.push(sight);
    }
    const { maxBatch } = this.#parts.network;
    for (let from = 0; from < due.length; from += maxBatch) {
      await this.#readBatch(frame, due.slice(from, from + maxBatch), found);
    }
    return sights.map((sight) => found.get(sight) ?? { ...sight, quality: 0, attributes: null });
  }

  #remembered(sight: Sight, { fusion, sharpness }: Memory): FaceFound {
    const quality = this.#quality(sight, sharpness);
    return { ...sight, quality, attributes: fusion.fused?.combined ?? null };
  }

  async #readBatch(frame: Frame, batch: readonly Sight[], found: Map<Sight, FaceFound>): Promise<void> {
    const { network, template } = this.#parts;
    const { inputSize } = network.metadata;
    const read: { readonly sight: Sight; readonly sharpness: number }[] = [];
    for (const sight of batch) {
      const transform = fitSimilarity(sight.landmarks, template);
      if (!transform) continue;
      const offset = read.length * network.cropLength;
      const { width, height } = frame;
      sampleCrop(frame.rgb(), width, height, transform, inputSize, template.maxSupersampling, network.input, offset);
      read.push({ sight, sharpness: sharpnessOf(network.input, offset, inputSize) });
    }
    if (read.length === 0) return;
    const readings = await network.run(read.length);
    read.forEach(({ sight, sharpness }, i) => {
      const reading = readings[i] as AttributeReading;
      const quality = this.#quality(sight, sharpness);
      if (sight.trackId === null) {
        found.set(sight, { ...sight, quality, attributes: reading });
        return;
      }
      const memory = this.#memoryOf(sight.trackId);
      memory.readAtMs = frame.timeMs;
      memory.sharpness = sharpness;
      found.set(sight, { ...sight, quality, attributes: memory.fusion.add(reading, quality, frame.timeMs).combined });
    });
  }

  #memoryOf(trackId: number): Memory {
    let memory = this.#memories.get(trackId);
    if (!memory) {
      memory = { fusion: new TrackFusion(this.#parts.network.metadata.unsure), readAtMs: 0, sharpness: 1 };
      this.#memories.set(trackId, memory);
    }
    return memory;
  }

  #quality({ landmarks }: Sight, sharpness: number): number {
    const transform = fitSimilarity(landmarks, this.#parts.template);
    return transform ? qualityOf(transform.side, estimatePose(landmarks), sharpness) : 0;
  }
}
