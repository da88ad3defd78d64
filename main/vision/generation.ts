import type { EngineEvent } from '../../contract/engine.ts';
import type { FrameResult } from '../../contract/frame-result.ts';

/**
 * A restarted engine counts its frames and tracks from the beginning. Everyone who listens relies on both only ever
 * going up, so the numbers of each new engine are set on top of those of the one before.
 */
export class GenerationOffset {
  #sequenceBase = 0;
  #trackBase = 0;
  #highestSequence = 0;
  #highestTrack = 0;

  /** What is added to the sequences of the present engine. */
  get sequenceBase(): number {
    return this.#sequenceBase;
  }

  /** Call when a new engine is started. */
  next(): void {
    this.#sequenceBase = this.#highestSequence;
    this.#trackBase = this.#highestTrack;
  }

  /** The event with numbers that continue those of earlier engines; the same object while there was only one. */
  apply(event: EngineEvent): EngineEvent {
    return event.type === 'result' ? this.#applyToResult(event.result, event) : event;
  }

  #applyToResult(result: FrameResult, event: EngineEvent): EngineEvent {
    this.#highestSequence = Math.max(this.#highestSequence, result.sequence + this.#sequenceBase);
    for (const face of result.faces) this.#noteTrack(face.trackId);
    for (const id of result.endedTrackIds) this.#noteTrack(id);
    if (this.#sequenceBase === 0 && this.#trackBase === 0) return event;
    return {
      type: 'result',
      result: {
        ...result,
        sequence: result.sequence + this.#sequenceBase,
        faces: result.faces.map((face) => ({ ...face, trackId: face.trackId + this.#trackBase })),
        endedTrackIds: result.endedTrackIds.map((id) => id + this.#trackBase),
      },
    };
  }

  #noteTrack(id: number): void {
    this.#highestTrack = Math.max(this.#highestTrack, id + this.#trackBase);
  }
}
