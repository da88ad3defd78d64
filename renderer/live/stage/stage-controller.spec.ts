import { beforeEach, expect, it, vi } from 'vitest';
import type { FrameResult, PreviewPicture, TrackedFace } from '../../../contract/frame-result.ts';
import { frameFeed } from '../frame-feed.ts';
import { PicturePainter } from '../picture/picture-painter.ts';
import { StageController } from './stage-controller.svelte.ts';

vi.mock('../picture/rendering.ts', () => ({ rendersInSoftware: () => true, previewLines: () => 360 }));

/** The pictures on the canvas since the start, `-` where it was cleared. */
let canvas: (number | '-')[];
/** Ends the preparing of the picture that is just being made ready. */
let prepared: () => void;
let forgotten: number;
let controller: StageController;
let takeResult: (result: FrameResult) => void;
let takePicture: (picture: PreviewPicture) => void;
let frames: FrameRequestCallback[];

beforeEach(() => {
  canvas = [];
  forgotten = 0;
  frames = [];
  let made: number | null = null;
  vi.spyOn(PicturePainter.prototype, 'prepare').mockImplementation(async ({ sequence }) => {
    await new Promise<void>((resolve) => {
      prepared = resolve;
    });
    made = sequence;
  });
  vi.spyOn(PicturePainter.prototype, 'paint').mockImplementation(() => {
    if (made !== null) canvas.push(made);
  });
  vi.spyOn(PicturePainter.prototype, 'clear').mockImplementation(() => {
    made = null;
    canvas.push('-');
  });
  vi.spyOn(frameFeed, 'onResult').mockImplementation((listener) => {
    takeResult = listener;
    return () => {};
  });
  vi.spyOn(frameFeed, 'onPicture').mockImplementation((listener) => {
    takePicture = listener;
    return () => {};
  });
  vi.stubGlobal('window', { vitrine: { setPreview() {}, drawn() {} } });
  vi.stubGlobal('document', { hidden: false, documentElement: {} });
  vi.stubGlobal('devicePixelRatio', 1);
  vi.stubGlobal('getComputedStyle', () => ({ fontSize: '16px' }));
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
    },
  );
  controller = new StageController({
    cards: true,
    onForgotten: () => {
      forgotten += 1;
    },
  });
  const stage = { clientWidth: 1280, clientHeight: 720 } as HTMLElement;
  controller.attach(stage, { width: 16, height: 9, getContext: () => ({}) } as unknown as HTMLCanvasElement);
  return () => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  };
});

const face = (trackId: number): TrackedFace => ({
  trackId,
  box: { x: 10, y: 10, width: 40, height: 50 },
  score: 1,
  quality: 1,
  readability: 'waiting',
  facing: true,
  detected: true,
  attributes: null,
});

const result = (sequence: number, faces: readonly TrackedFace[]) =>
  ({ sequence, timeMs: sequence * 33, width: 640, height: 360, faces, endedTrackIds: [] }) as unknown as FrameResult;
const picture = (sequence: number) => ({ sequence }) as PreviewPicture;

async function drawFrame(): Promise<void> {
  // What was made ready is taken up first.
  await new Promise((resolve) => setTimeout(resolve, 0));
  for (const frame of frames.splice(0)) frame(performance.now());
}

async function show(sequence: number, faces: readonly TrackedFace[]): Promise<void> {
  takeResult(result(sequence, faces));
  takePicture(picture(sequence));
  prepared();
  await drawFrame();
}

it('takes the picture, its people and their number off the stage, until another picture comes', async () => {
  await show(7, [face(1)]);
  expect([controller.hasPicture, controller.faces.map(({ id }) => id), canvas]).toEqual([true, [1], [7]]);

  controller.forgetPicture();
  await drawFrame();
  expect([controller.hasPicture, controller.faces, canvas, forgotten]).toEqual([false, [], [7, '-'], 1]);

  await show(8, [face(2)]);
  expect([controller.hasPicture, controller.faces.map(({ id }) => id), canvas.at(-1)]).toEqual([true, [2], 8]);
});

it('shows nothing more of what was on its way: a result that waits, a picture made ready, one that comes late', async () => {
  await show(7, []);
  takeResult(result(8, [face(1)]));
  takePicture(picture(8));
  controller.forgetPicture();
  takePicture(picture(8));
  // Only now is the picture ready that was being made so before.
  prepared();
  await drawFrame();
  await drawFrame();
  expect([controller.hasPicture, controller.faces]).toEqual([false, []]);
  expect(canvas).not.toContain(8);

  await show(9, [face(2)]);
  expect([controller.hasPicture, canvas.at(-1)]).toEqual([true, 9]);
});

it('shows no picture that was ready and waited for its result', async () => {
  takePicture(picture(3));
  prepared();
  await drawFrame();
  expect(controller.hasPicture).toBe(false);
  controller.forgetPicture();
  takeResult(result(3, []));
  await drawFrame();
  expect([controller.hasPicture, canvas]).toEqual([false, ['-']]);

  await show(4, []);
  expect([controller.hasPicture, canvas.at(-1)]).toEqual([true, 4]);
});
