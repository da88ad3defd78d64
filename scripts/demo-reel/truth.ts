/** What is true in the reel, gathered while it is composed: where each face is in every frame in which it can be seen. */
import type { Person } from './storyboard.ts';

export interface SeenFace {
  readonly person: string;
  /** Each appearance of a person is a track of its own. */
  readonly appearance: string;
  readonly box: readonly [number, number, number, number];
}

/** Frame number, then x, y, width, height in whole pixels of the reel. */
export type TruthBox = readonly [number, number, number, number, number];

export interface TruthTrack {
  readonly person: string;
  /** Frames in which the face is seen, both ends included; a gap is an occlusion. */
  readonly spans: { fromFrame: number; toFrame: number }[];
  readonly boxes: TruthBox[];
}

export interface Truth {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly frames: number;
  readonly durationMs: number;
  /** `from` and `to` in ms: first and last sight. */
  readonly people: readonly (Person & { readonly from: number; readonly to: number })[];
  readonly tracks: readonly TruthTrack[];
}

export class TruthKeeper {
  private readonly tracks = new Map<string, TruthTrack>();
  private mostAtOnce = 0;

  add(frame: number, faces: readonly SeenFace[]): void {
    this.mostAtOnce = Math.max(this.mostAtOnce, faces.length);
    for (const { person, appearance, box } of faces) {
      const track = this.tracks.get(appearance) ?? { person, spans: [], boxes: [] };
      this.tracks.set(appearance, track);
      const last = track.spans.at(-1);
      if (last && last.toFrame === frame - 1) last.toFrame = frame;
      else track.spans.push({ fromFrame: frame, toFrame: frame });
      const [x, y, w, h] = box.map(Math.round) as [number, number, number, number];
      track.boxes.push([frame, x, y, w, h]);
    }
  }

  get facesAtOnce(): number {
    return this.mostAtOnce;
  }

  finish(reel: Omit<Truth, 'people' | 'tracks' | 'durationMs'>, people: readonly Person[]): Truth {
    const tracks = [...this.tracks.values()].toSorted(
      (a, b) => (a.spans[0]?.fromFrame ?? 0) - (b.spans[0]?.fromFrame ?? 0),
    );
    const ms = (frame: number) => Math.round((frame * 1000) / reel.framesPerSecond);
    return {
      ...reel,
      durationMs: ms(reel.frames),
      people: people.map((person) => {
        const spans = tracks.filter((track) => track.person === person.id).flatMap((track) => track.spans);
        return { ...person, from: ms(spans[0]?.fromFrame ?? 0), to: ms((spans.at(-1)?.toFrame ?? 0) + 1) };
      }),
      tracks,
    };
  }
}
