import type { AttributeReading, FusedAttributes } from '../../../contract/attributes.ts';
import type { Readability } from '../../../contract/frame-result.ts';
import type { Track } from '../tracking/tracker.ts';
import { type AlignmentTemplate, fitSimilarity, type Similarity, sampleCrop } from './alignment.ts';
import { TrackFusion } from './fusion.ts';
import type { NetworkMetadata } from './network-metadata.ts';
import { estimatePose, type HeadPose } from './pose.ts';
import { isFacing, qualityOf, sharpnessOf, tooBlurred, unreadable } from './quality.ts';
import { AttributeScheduler, type Candidate } from './scheduler.ts';

/** What the reader needs of the network (`AttributeNetwork`). */
export interface BatchedNetwork {
  readonly metadata: Pick<NetworkMetadata, 'inputSize' | 'unsure'>;
  readonly maxBatch: number;
  readonly cropLength: number;
  readonly input: Float32Array;
  run(count: number): Promise<readonly AttributeReading[]>;
}

/** What the reader needs of a frame. */
export interface PictureSource {
  readonly width: number;
  readonly height: number;
  /** RGB24, tightly packed; asked for only when a face is to be read. */
  rgb(): Uint8Array;
}

/** What is known about a track beside where it is. */
export interface FaceState {
  readonly quality: number;
  readonly readability: Readability;
  readonly facing: boolean;
  readonly attributes: FusedAttributes | null;
}

/** Dropped with its track; holds a few numbers, no crop. */
interface TrackMemory {
  facing: boolean;
  /** Of the last crop; 1 before the first. */
  sharpness: number;
  lastAttemptMs: number | null;
  fusion: TrackFusion | null;
}

interface Look {
  readonly track: Track;
  readonly memory: TrackMemory;
  readonly transform: Similarity | null;
  readonly pose: HeadPose;
  readonly obstacle: Readability | null;
}

/** Reads the attributes of the tracks whose turn it is, and remembers what each track's readings say together. */
export class AttributeReader {
  readonly #template: AlignmentTemplate;
  readonly #network: BatchedNetwork | null;
  readonly #now: () => number;
  readonly #scheduler: AttributeScheduler;
  readonly #memories = new Map<number, TrackMemory>();

  /**
   * @param network null where there is none: faces are then judged (facing, quality) but never read
   * @param now a clock in ms, for the cost of reading
   */
  constructor(template: AlignmentTemplate, network: BatchedNetwork | null, now: () => number) {
    this.#template = template;
    this.#network = network;
    this.#now = now;
    this.#scheduler = new AttributeScheduler(network?.maxBatch ?? 0);
  }

  /** Tracks that are remembered. */
  get size(): number {
    return this.#memories.size;
  }

  /**
   * @param timeMs of the frame on a clock that never goes back
   * @param budgetMs for reading within this frame
   * @returns a state for each track, in their order
   */
  async read(
    picture: PictureSource,
    tracks: readonly Track[],
    timeMs: number,
    budgetMs: number,
  ): Promise<readonly FaceState[]> {
    const looks = tracks.map((track) => this.#look(track));
    await this.#readDue(picture, looks, timeMs, budgetMs);
    return looks.map(stateOf);
  }

  /** Drops what is known about tracks that have ended. */
  forget(trackIds: readonly number[]): void {
    for (const id of trackIds) this.#memories.delete(id);
  }

  #look(track: Track): Look {
    let memory = this.#memories.get(track.id);
    if (!memory) {
      memory = { facing: false, sharpness: 1, lastAttemptMs: null, fusion: null };
      this.#memories.set(track.id, memory);
    }
    const transform = fitSimilarity(track.landmarks, this.#template);
    const pose = estimatePose(track.landmarks);
    if (track.detected) memory.facing = transform !== null && isFacing(pose, memory.facing);
    return { track, memory, transform, pose, obstacle: unreadable(transform?.side ?? 0, pose) };
  }

  async #readDue(picture: PictureSource, looks: readonly Look[], timeMs: number, budgetMs: number): Promise<void> {
    const network = this.#network;
    if (!network) return;
    const byId = new Map(looks.filter(isCandidate).map((look) => [look.track.id, look]));
    const due = this.#scheduler.choose([...byId.values()].map(candidateOf), timeMs, budgetMs);
    if (due.length === 0) return;
    // Converting the picture costs the same for any number of faces, so it is not part of what a face costs.
    picture.rgb();
    const startedMs = this.#now();
    const cropped: Look[] = [];
    for (const { trackId } of due) {
      const look = byId.get(trackId);
      if (look && this.#crop(picture, network, look, cropped.length, timeMs)) cropped.push(look);
    }
    if (cropped.length > 0) {
      const readings = await network.run(cropped.length);
      cropped.forEach(({ memory, transform, pose }, i) => {
        memory.fusion ??= new TrackFusion(network.metadata.unsure);
        memory.fusion.add(
          readings[i] as AttributeReading,
          qualityOf(transform?.side ?? 0, pose, memory.sharpness),
          timeMs,
        );
      });
    }
    this.#scheduler.measured(due.length, this.#now() - startedMs);
  }

  /** Fills one place of the batch. @returns false where the crop is too blurred to be read */
  #crop(picture: PictureSource, network: BatchedNetwork, look: Look, place: number, timeMs: number): boolean {
    if (!look.transform) return false;
    const { inputSize } = network.metadata;
    const offset = place * network.cropLength;
    sampleCrop(
      picture.rgb(),
      picture.width,
      picture.height,
      look.transform,
      inputSize,
      this.#template.maxSupersampling,
      network.input,
      offset,
    );
    look.memory.sharpness = sharpnessOf(network.input, offset, inputSize);
    look.memory.lastAttemptMs = timeMs;
    return !tooBlurred(look.memory.sharpness);
  }
}

/** A face that is only carried on by its motion model is not where its landmarks say. */
function isCandidate({ track, obstacle }: Look): boolean {
  return track.detected && obstacle === null;
}

function candidateOf({ track, memory, transform, pose }: Look): Candidate {
  return {
    trackId: track.id,
    readings: memory.fusion?.readings ?? 0,
    lastAttemptMs: memory.lastAttemptMs,
    quality: qualityOf(transform?.side ?? 0, pose, memory.sharpness),
  };
}

function stateOf({ memory, transform, pose, obstacle }: Look): FaceState {
  return {
    quality: transform ? qualityOf(transform.side, pose, memory.sharpness) : 0,
    readability: obstacle ?? fitness(memory),
    facing: memory.facing,
    attributes: memory.fusion?.fused ?? null,
  };
}

function fitness(memory: TrackMemory): Readability {
  if (tooBlurred(memory.sharpness)) return 'too-blurred';
  return memory.fusion ? 'read' : 'waiting';
}
