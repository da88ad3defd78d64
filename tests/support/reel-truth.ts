import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Box } from '../../contract/geometry.ts';
import { repository } from './shared.ts';

/** resources/demo/reel.json: who is in view when and where, and what is true of them. */
interface ReelFile {
  readonly framesPerSecond: number;
  readonly frames: number;
  readonly durationMs: number;
  readonly people: readonly { readonly id: string; readonly gender: 'male' | 'female'; readonly description: string }[];
  readonly tracks: readonly {
    readonly person: string;
    /** Frame, then x, y, width, height of the face in pixels. */
    readonly boxes: readonly (readonly [number, number, number, number, number])[];
  }[];
}

export interface TrueFace {
  readonly person: string;
  readonly gender: 'male' | 'female';
  readonly box: Box;
}

export class ReelTruth {
  readonly path = join(repository, 'resources/demo/reel.mp4');
  readonly #byFrame = new Map<number, TrueFace[]>();
  readonly #file: ReelFile;

  constructor() {
    this.#file = JSON.parse(readFileSync(join(repository, 'resources/demo/reel.json'), 'utf8')) as ReelFile;
    const gender = new Map(this.#file.people.map((person) => [person.id, person.gender]));
    for (const track of this.#file.tracks) {
      for (const [frame, x, y, width, height] of track.boxes) {
        const faces = this.#byFrame.get(frame) ?? [];
        faces.push({
          person: track.person,
          gender: gender.get(track.person) ?? 'female',
          box: { x, y, width, height },
        });
        this.#byFrame.set(frame, faces);
      }
    }
  }

  /** @param timeMs on the clock of a source that plays the reel in a loop */
  at(timeMs: number): readonly TrueFace[] {
    const frame = Math.round((timeMs * this.#file.framesPerSecond) / 1000) % this.#file.frames;
    return this.#byFrame.get(frame) ?? [];
  }
}

/** Intersection over union, 0..1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / (a.width * a.height + b.width * b.height - both);
}
