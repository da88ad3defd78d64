import type { AttributeName } from '../../../contract/attributes.ts';
import type { FrameResult, PreviewPicture } from '../../../contract/frame-result.ts';
import { bridge } from '../../bridge.ts';
import { cardSizeRem, everythingShown, faceForm } from '../faces/card-size.ts';
import { frameFeed } from '../frame-feed.ts';
import { CardPlanner } from '../layout/card-planner.ts';
import { type StageGeometry, stageGeometry } from '../layout/stage-geometry.ts';
import { ResultPairing } from '../motion/result-pairing.ts';
import { PicturePainter } from '../picture/picture-painter.ts';
import { previewLines, rendersInSoftware } from '../picture/rendering.ts';
import { FaceView } from './face-view.svelte.ts';
import { StageAnimator } from './stage-animator.ts';

export interface StageOptions {
  /** Whether faces carry cards; a preview in set-up shows boxes only. */
  readonly cards: boolean;
  readonly onDrawn?: (result: FrameResult, nowMs: number) => void;
  /** Nobody is on the stage any more, though no result said so. */
  readonly onForgotten?: () => void;
}

/** Cards are laid out anew at most so often. */
const planEveryMs = 120;
/** Without a picture for so long, pictures no longer flow. */
const picturesStopMs = 700;
const gapRem = 0.75;

/** Draws one stage: takes results and pictures from the feed and brings them to the screen, once per display frame. */
export class StageController {
  faces = $state.raw<readonly FaceView[]>([]);
  geometry = $state.raw<StageGeometry | null>(null);
  hasPicture = $state(false);
  /** Of the canvas, in its own pixels. */
  pictureSize = $state.raw({ width: 16, height: 9 });
  /** False until the first result: "nobody in view" would be a claim before it. */
  hasResult = $state(false);
  readonly software = rendersInSoftware();
  readonly animator = new StageAnimator(!this.software);
  readonly #options: StageOptions;
  readonly #planner = new CardPlanner();
  readonly #pairing = new ResultPairing<FrameResult>();
  #painter: PicturePainter | null = null;
  #preparing = false;
  /** The picture that is ready to be painted. */
  #ready: { readonly sequence: number; readonly sinceMs: number } | null = null;
  #next: PreviewPicture | null = null;
  #newestPicture = -1;
  /** Pictures up to this one are over, also those that are still on their way. */
  #forgottenUpTo = -1;
  #pictureAtMs = Number.NEGATIVE_INFINITY;
  #stageSize = { width: 0, height: 0 };
  #frameSize = { width: 16, height: 9 };
  #rem = 16;
  #switches: Readonly<Record<AttributeName, boolean>> = everythingShown;
  #wantsPicture = true;
  #plannedAtMs = Number.NEGATIVE_INFINITY;
  #newestSequence = -1;
  #request = 0;

  constructor(options: StageOptions) {
    this.#options = options;
  }

  /** @returns a function that ends all drawing and tells the engine that nobody looks any more */
  attach(stage: HTMLElement, canvas: HTMLCanvasElement): () => void {
    this.#painter = new PicturePainter(canvas, this.software);
    const observer = new ResizeObserver(() => this.#measure(stage));
    observer.observe(stage);
    this.#measure(stage);
    const ends = [
      frameFeed.onResult((result) => this.#takeResult(result)),
      frameFeed.onPicture((picture) => this.#takePicture(picture)),
    ];
    return () => {
      for (const end of ends) end();
      observer.disconnect();
      cancelAnimationFrame(this.#request);
      this.#painter?.close();
      bridge().setPreview(false, previewLines(0, this.software));
    };
  }

  /** What the settings say; called again whenever they change. */
  configure(view: 'picture' | 'outlines', switches: Readonly<Record<AttributeName, boolean>>): void {
    this.#wantsPicture = view === 'picture';
    this.#switches = switches;
    if (!this.#wantsPicture) this.hasPicture = false;
    this.#updateGeometry();
    this.#schedule();
  }

  /** Proportions of the source before its first result. */
  expectFrame(width: number, height: number): void {
    if (width > 0 && height > 0 && !this.hasResult) this.#useFrameSize(width, height);
  }

  #measure(stage: HTMLElement): void {
    this.#stageSize = { width: stage.clientWidth, height: stage.clientHeight };
    this.#rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.#updateGeometry();
  }

  #useFrameSize(width: number, height: number): void {
    if (width === this.#frameSize.width && height === this.#frameSize.height) return;
    this.#frameSize = { width, height };
    this.#updateGeometry();
  }

  #updateGeometry(): void {
    if (this.#stageSize.width === 0 || this.#stageSize.height === 0) return;
    const rem = cardSizeRem('full', this.#switches);
    const card = { width: rem.width * this.#rem, height: rem.height * this.#rem };
    const gap = gapRem * this.#rem;
    const geometry = stageGeometry(this.#stageSize, this.#frameSize, this.#options.cards ? card : null, gap);
    this.geometry = geometry;
    this.animator.setGeometry(geometry);
    this.#plannedAtMs = Number.NEGATIVE_INFINITY;
    const lines = previewLines(geometry.picture.height * devicePixelRatio, this.software);
    bridge().setPreview(this.#wantsPicture, lines);
    this.#schedule();
  }

  #takeResult(result: FrameResult): void {
    if (result.sequence < this.#newestSequence) {
      this.#pairing.reset();
      this.#newestPicture = this.#forgottenUpTo = -1;
    }
    this.#newestSequence = result.sequence;
    this.#pairing.push(result, performance.now());
    // A hidden page is not painted; saying so late would have main take it for frozen.
    if (document.hidden) bridge().drawn(result.sequence);
    this.#schedule();
  }

  #takePicture(picture: PreviewPicture): void {
    if (picture.sequence <= this.#forgottenUpTo) return;
    this.#newestPicture = picture.sequence;
    this.#pictureAtMs = performance.now();
    // While one picture is being prepared the newest of those that come waits; older ones are never seen.
    if (this.#preparing) this.#next = picture;
    else void this.#prepare(picture);
  }

  async #prepare(picture: PreviewPicture): Promise<void> {
    this.#preparing = true;
    try {
      await this.#painter?.prepare(picture);
      if (picture.sequence > this.#forgottenUpTo)
        this.#ready = { sequence: picture.sequence, sinceMs: performance.now() };
      else this.#dropPrepared();
    } catch (error) {
      console.error('A preview picture could not be drawn.', error);
      this.#pairing.pictureShown(picture.sequence);
      this.#preparing = false;
    }
    this.#schedule();
  }

  /**
   * Takes the picture off the stage, and the people with it: what it shows is over, and nobody knows when the next one
   * comes.
   */
  forgetPicture(): void {
    this.#forgottenUpTo = Math.max(this.#newestPicture, this.#newestSequence);
    this.#pictureAtMs = Number.NEGATIVE_INFINITY;
    this.#next = null;
    if (this.#ready) this.#dropPrepared();
    else this.#painter?.clear();
    this.hasPicture = false;
    this.#pairing.reset();
    this.faces = [];
    this.#options.onForgotten?.();
  }

  /** A picture that was made ready is not shown; the next one may be. */
  #dropPrepared(): void {
    this.#painter?.clear();
    this.#ready = null;
    this.#prepareNext();
  }

  #schedule(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame(this.#drawFrame);
  }

  readonly #drawFrame = (nowMs: number): void => {
    this.#request = 0;
    this.#paintPicture(nowMs);
    const picturesFlow = this.#wantsPicture && nowMs - this.#pictureAtMs < picturesStopMs;
    const results = this.#pairing.take(nowMs, picturesFlow);
    for (const result of results) this.animator.observe(result, nowMs);
    const newest = results.at(-1);
    if (newest) this.#showFaces(newest, nowMs);
    if (this.#options.cards && nowMs - this.#plannedAtMs >= planEveryMs) this.#plan(nowMs);
    this.animator.draw(nowMs);
    if (newest) {
      bridge().drawn(newest.sequence);
      this.#options.onDrawn?.(newest, nowMs);
    }
    // With a GPU boxes move between results too; without one every repaint is taken from the analysis.
    if (this.#pairing.isWaiting || (!this.software && this.faces.length > 0)) this.#schedule();
  };

  #paintPicture(nowMs: number): void {
    const ready = this.#ready;
    if (!ready) return;
    if (!this.#pairing.mayShow(ready.sequence, ready.sinceMs, nowMs)) {
      this.#schedule();
      return;
    }
    if (this.#wantsPicture) {
      this.#painter?.paint();
      this.#notePictureSize();
      this.hasPicture = true;
      this.#pairing.pictureShown(ready.sequence);
    }
    this.#ready = null;
    this.#prepareNext();
  }

  #prepareNext(): void {
    this.#preparing = false;
    const next = this.#next;
    this.#next = null;
    if (next) void this.#prepare(next);
  }

  #notePictureSize(): void {
    const size = this.#painter?.size;
    if (!size || (size.width === this.pictureSize.width && size.height === this.pictureSize.height)) return;
    this.pictureSize = size;
  }

  #showFaces(result: FrameResult, nowMs: number): void {
    this.hasResult = true;
    this.#useFrameSize(result.width, result.height);
    const known = new Map(this.faces.map((face) => [face.id, face]));
    const next = result.faces.map((face) => {
      const view = known.get(face.trackId) ?? new FaceView(face);
      view.update(face, nowMs);
      return view;
    });
    const same = next.length === this.faces.length && next.every((view) => known.has(view.id));
    if (same) return;
    this.faces = next;
    this.#plannedAtMs = Number.NEGATIVE_INFINITY;
  }

  #plan(nowMs: number): void {
    if (!this.geometry) return;
    this.#plannedAtMs = nowMs;
    const faces = this.faces.flatMap((view) => {
      const box = this.animator.boxOf(view.id, nowMs);
      return box ? [{ id: view.id, box, hasReading: view.shown !== null }] : [];
    });
    const around = {
      geometry: this.geometry,
      rem: this.#rem,
      gap: gapRem * this.#rem,
      switches: this.#switches,
    };
    const plan = this.#planner.plan(faces, around, nowMs);
    for (const view of this.faces) {
      view.form = faceForm(plan.level.form, view.shown !== null);
      view.scale = plan.level.scale;
      view.number = plan.numbers.get(view.id) ?? null;
    }
    this.animator.place(plan.placements, nowMs);
  }
}
