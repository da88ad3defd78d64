import { describe, expect, it, vi } from 'vitest';
import type { EngineCommand, EngineEvent, EngineOptions, EnginePaths } from '../../contract/engine.ts';
import { defaultEngineOptions } from '../../contract/engine.ts';
import type { Box, FaceLandmarks } from '../../contract/geometry.ts';
import type { SourceSpec, SourceState, SourceStatus } from '../../contract/source.ts';
import { AttributeReader } from './attributes/attribute-reader.ts';
import type { Frame, FrameSource } from './capture/frame-source.ts';
import type { Detection, FaceDetector } from './detection/face-detector.ts';
import { Engine, type EngineParts } from './engine.ts';
import { FrameAnalyser } from './frame-analyser.ts';
import { FaceTracker } from './tracking/face-tracker.ts';

const paths: EnginePaths = { detectorModel: '', attributeModel: '', alignment: '', demoReel: '' };
const template = {
  id: 'test',
  points: [
    [0.34, 0.355],
    [0.66, 0.355],
    [0.5, 0.538],
    [0.3675, 0.724],
    [0.6325, 0.724],
  ] as const,
  maxSupersampling: 4,
};

function detectionAt(box: Box): Detection {
  const landmarks = template.points.map(([x, y]) => ({ x: box.x + x * box.width, y: box.y + y * box.height }));
  return { box, score: 0.95, landmarks: landmarks as unknown as FaceLandmarks };
}

/** Hands out what the test pushes. */
class FakeSource implements FrameSource {
  received = 0;
  dropped = 0;
  closed = false;
  released = 0;
  onState: (state: SourceState) => void = () => {};
  readonly #waiting: ((frame: Frame | null) => void)[] = [];
  readonly #frames: Frame[] = [];

  async open(onState: (state: SourceState) => void): Promise<void> {
    this.onState = onState;
    this.tell('running');
  }
  tell(status: SourceStatus): void {
    this.onState({
      status,
      kind: 'video',
      label: 'test.mp4',
      width: 640,
      height: 360,
      framesPerSecond: 25,
      attempt: 0,
      nextAttemptAtMs: null,
      detail: null,
    });
  }
  push(timeMs: number, scene = 0): void {
    this.received++;
    const frame: Frame = {
      timeMs,
      capturedAtMs: Date.now(),
      decodeMs: 1,
      width: 640,
      height: 360,
      scene,
      origin: null,
      rgb: () => new Uint8Array(640 * 360 * 3),
      scaledRgb: (width, height) => new Uint8Array(width * height * 3),
      preview: (maxHeight) => ({
        width: 2 * maxHeight,
        height: maxHeight,
        data: new ArrayBuffer(3 * maxHeight * maxHeight),
        matrix: 'bt709',
        fullRange: false,
      }),
      release: () => {
        this.released++;
      },
    };
    const taker = this.#waiting.shift();
    if (taker) taker(frame);
    else this.#frames.push(frame);
  }
  next(): Promise<Frame | null> {
    const frame = this.#frames.shift();
    if (frame) return Promise.resolve(frame);
    if (this.closed) return Promise.resolve(null);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
  async close(): Promise<void> {
    this.closed = true;
    for (const resolve of this.#waiting.splice(0)) resolve(null);
  }
}

interface Setup {
  readonly detect?: FaceDetector['detect'];
  readonly options?: Partial<EngineOptions>;
}

async function start({ detect, options }: Setup = {}) {
  const events: EngineEvent[] = [];
  const transfers: (readonly ArrayBuffer[] | undefined)[] = [];
  const sources: FakeSource[] = [];
  const specs: SourceSpec[] = [];
  let listener: (command: EngineCommand) => void = () => {};
  let portClosed = false;
  const port = {
    postMessage: (event: EngineEvent, transfer?: readonly ArrayBuffer[]) => {
      events.push(event);
      transfers.push(transfer);
    },
    onMessage: (given: (command: EngineCommand) => void) => {
      listener = given;
    },
    close: () => {
      portClosed = true;
    },
  };
  const disposed = vi.fn(async () => {});
  const detector: FaceDetector = {
    name: 'fake',
    version: '1',
    defaultMinScore: 0.6,
    detect: detect ?? (async () => [detectionAt({ x: 200, y: 100, width: 80, height: 100 })]),
    dispose: disposed,
  };
  const parts: EngineParts = {
    loadModels: async () => ({
      analyser: new FrameAnalyser({
        detector,
        tracker: new FaceTracker({ minScore: 0.6 }),
        reader: new AttributeReader(template, null, () => performance.now()),
        now: () => performance.now(),
      }),
      detectorFacts: { name: 'fake', version: '1', fileName: 'fake.onnx' },
      attributeFacts: null,
      dispose: disposed,
    }),
    createSource: (spec) => {
      const source = new FakeSource();
      sources.push(source);
      specs.push(spec);
      return source;
    },
    listCameras: async () => [{ name: 'usb-1', label: 'Camera', modes: [] }],
  };
  const engine = new Engine(port, parts);
  const send = (command: EngineCommand) => listener(command);
  const results = () => events.flatMap((event) => (event.type === 'result' ? [event.result] : []));
  const source = () => {
    const last = sources.at(-1);
    if (!last) throw new Error('no source');
    return last;
  };
  send({
    type: 'start',
    paths,
    options: { ...defaultEngineOptions, ...options },
    source: { kind: 'video', path: '/a', loop: true },
  });
  await vi.waitFor(() => expect(events.some(({ type }) => type === 'source')).toBe(true));
  const push = async (timeMs: number, scene = 0) => {
    const before = source().released;
    source().push(timeMs, scene);
    await vi.waitFor(() => expect(source().released).toBe(before + 1));
  };
  return {
    engine,
    events,
    transfers,
    sources,
    specs,
    send,
    results,
    source,
    push,
    disposed,
    isPortClosed: () => portClosed,
  };
}

describe('Engine', () => {
  it('is ready, then sends one numbered result for each frame', async () => {
    const { events, results, push, source } = await start();
    expect(events.map(({ type }) => type)).toContain('ready');
    for (const timeMs of [0, 40, 80]) await push(timeMs);
    expect(results().map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(results().map(({ timeMs }) => timeMs)).toEqual([0, 40, 80]);
    const last = results().at(-1);
    expect(last?.faces).toHaveLength(1);
    expect(last?.faces[0]).toMatchObject({ facing: true, detected: true, attributes: null, readability: 'waiting' });
    expect(last?.counters).toEqual({ received: 3, analysed: 3, dropped: 0 });
    expect(source().released).toBe(3);
  });

  it('gives the frame back and goes on when a frame cannot be analysed', async () => {
    let calls = 0;
    const { events, results, push } = await start({
      detect: async () => {
        calls++;
        if (calls < 3) throw new Error('broken frame');
        return [];
      },
    });
    for (const timeMs of [0, 40, 80]) await push(timeMs);
    expect(results()).toHaveLength(1);
    const reports = events.filter((event) => event.type === 'log' && event.detail?.includes('broken frame'));
    expect(reports).toHaveLength(1);
  });

  it('tells that everybody has left when the source falls silent', async () => {
    const { results, push, source } = await start();
    for (const timeMs of [0, 40, 80]) await push(timeMs);
    const id = results().at(-1)?.faces[0]?.trackId;
    source().tell('stalled');
    await vi.waitFor(() => expect(results().at(-1)?.faces).toHaveLength(0));
    expect(results().at(-1)).toMatchObject({ sequence: 4, endedTrackIds: [id] });
  });

  it('tells so too where its last frame is analysed only after the source has said that it is over', async () => {
    const { results, push, source } = await start();
    for (const timeMs of [0, 40, 80]) await push(timeMs);
    source().tell('ended');
    await vi.waitFor(() => expect(results().at(-1)?.faces).toHaveLength(0));
    for (const timeMs of [120, 160]) await push(timeMs);
    expect(results().at(-1)?.faces).toHaveLength(1);
    await source().close();
    await vi.waitFor(() => expect(results().at(-1)?.faces).toHaveLength(0));
  });

  it('takes nobody of one picture for somebody of another, as in a folder of photos', async () => {
    const { results, push } = await start();
    for (const timeMs of [0, 200, 400]) await push(timeMs, 1);
    const before = results().at(-1)?.faces[0]?.trackId;
    for (const timeMs of [600, 800]) await push(timeMs, 2);
    const after = results().at(-1)?.faces[0]?.trackId;
    expect(before).toBeDefined();
    expect(after).toBeDefined();
    expect(after).not.toBe(before);
    expect(results().flatMap(({ endedTrackIds }) => endedTrackIds)).toEqual([before]);
  });

  it('changes the source while it runs: tracks end, time goes on, ids are not used again', async () => {
    const { results, push, source, sources, send } = await start();
    for (const timeMs of [0, 40, 5000]) await push(timeMs);
    await push(5040);
    const before = results().at(-1);
    send({ type: 'open', source: { kind: 'video', path: '/b', loop: false } });
    await vi.waitFor(() => expect(sources).toHaveLength(2));
    expect(sources[0]?.closed).toBe(true);
    for (const timeMs of [0, 40, 80]) await push(timeMs);
    const after = results().at(-1);
    expect(results().flatMap(({ endedTrackIds }) => endedTrackIds)).toContain(before?.faces[0]?.trackId);
    expect(after?.faces[0]?.trackId).not.toBe(before?.faces[0]?.trackId);
    const times = results().map(({ timeMs }) => timeMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(after?.counters.received).toBe(source().received);
    expect(after?.counters.analysed).toBe(3);
  });

  it('closes its source when it is given none, says that everybody has left, and opens the next', async () => {
    const { results, push, source, sources, send, events } = await start();
    for (const timeMs of [0, 40, 80]) await push(timeMs);
    const id = results().at(-1)?.faces[0]?.trackId;
    send({ type: 'open', source: null });
    await vi.waitFor(() => expect(results().at(-1)).toMatchObject({ faces: [], endedTrackIds: [id] }));
    expect(source().closed).toBe(true);
    // Neither other options nor a turned picture open it again.
    send({ type: 'configure', options: { ...defaultEngineOptions, mirror: true } });
    send({ type: 'open', source: { kind: 'video', path: '/a', loop: true } });
    await vi.waitFor(() => expect(sources).toHaveLength(2));
    await push(0);
    expect(results().at(-1)?.counters.analysed).toBe(1);
    expect(events.filter(({ type }) => type === 'log')).toEqual([]);
  });

  it('leaves out faces whose centre lies outside the region of interest, from the next frame on', async () => {
    const { results, push, send } = await start();
    for (const timeMs of [0, 40]) await push(timeMs);
    expect(results().at(-1)?.faces).toHaveLength(1);
    const regionOfInterest = { x: 0.6, y: 0, width: 0.4, height: 1 };
    send({ type: 'configure', options: { ...defaultEngineOptions, regionOfInterest } });
    for (let timeMs = 80; timeMs < 4000; timeMs += 200) await push(timeMs);
    expect(
      results()
        .at(-1)
        ?.faces.filter(({ detected }) => detected),
    ).toHaveLength(0);
  });

  it('opens the source again when the picture is turned, and not for other options', async () => {
    const { sources, specs, send } = await start();
    send({ type: 'configure', options: { ...defaultEngineOptions, smallestFacePx: 40 } });
    send({ type: 'configure', options: { ...defaultEngineOptions, smallestFacePx: 40, mirror: true } });
    await vi.waitFor(() => expect(sources).toHaveLength(2));
    expect(specs[1]).toEqual(specs[0]);
  });

  it('sends a picture only while someone looks, and gives its buffer away', async () => {
    const { events, transfers, push, send } = await start();
    await push(0);
    expect(events.some(({ type }) => type === 'preview')).toBe(false);
    send({ type: 'preview', enabled: true, maxHeight: 90 });
    await push(40);
    const at = events.findIndex(({ type }) => type === 'preview');
    expect(events[at]).toMatchObject({ picture: { sequence: 2, width: 180, height: 90 } });
    expect(transfers[at]).toHaveLength(1);
    send({ type: 'preview', enabled: false, maxHeight: 90 });
    await push(80);
    expect(events.filter(({ type }) => type === 'preview')).toHaveLength(1);
  });

  it('lists cameras while frames are analysed', async () => {
    const { events, send } = await start();
    send({ type: 'list-cameras', request: 7 });
    await vi.waitFor(() =>
      expect(events).toContainEqual({
        type: 'cameras',
        request: 7,
        cameras: [expect.objectContaining({ name: 'usb-1' })],
      }),
    );
  });

  it('shows that it lives also while no frame comes', async () => {
    const { events } = await start();
    await vi.waitFor(() => expect(events.filter(({ type }) => type === 'heartbeat').length).toBeGreaterThan(1), {
      timeout: 5000,
    });
  });

  it('ends in order, once', async () => {
    const { events, push, send, source, disposed, isPortClosed, engine } = await start();
    await push(0);
    send({ type: 'stop' });
    send({ type: 'stop' });
    await engine.stop();
    expect(source().closed).toBe(true);
    expect(disposed).toHaveBeenCalledTimes(1);
    expect(events.at(-1)).toEqual({ type: 'stopped' });
    expect(events.filter(({ type }) => type === 'stopped')).toHaveLength(1);
    expect(isPortClosed()).toBe(true);
  });
});
