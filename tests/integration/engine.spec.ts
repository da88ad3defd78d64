import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultEngineOptions, type EngineCommand, type EngineEvent, type EnginePaths } from '../../contract/engine.ts';
import { enginePaths } from '../support/vision.ts';

/** The engine as the application runs it: its own file in a thread of its own, the installed models, the demo reel. */

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

class RunningEngine {
  readonly events: EngineEvent[] = [];
  readonly #worker: Worker;
  readonly exited: Promise<number>;

  constructor() {
    // The worker's own copy of the environment does not reach ONNX Runtime.
    process.env.ORT_DISABLE_TELEMETRY = '1';
    this.#worker = new Worker(new URL('../../main/vision/worker.ts', import.meta.url), { execArgv: [] });
    this.#worker.on('message', (event: EngineEvent) => this.events.push(event));
    this.exited = new Promise((resolve, reject) => {
      this.#worker.once('exit', resolve);
      this.#worker.once('error', reject);
    });
  }
  send(command: EngineCommand): void {
    this.#worker.postMessage(command);
  }
  start(paths: Partial<EnginePaths> = {}): void {
    this.send({
      type: 'start',
      paths: { ...enginePaths, ...paths },
      options: { ...defaultEngineOptions, attributeBudgetMs: 1000 },
      source: { kind: 'demo' },
    });
  }
  all<Type extends EngineEvent['type']>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }
  results() {
    return this.all('result').map(({ result }) => result);
  }
  until(condition: () => void): Promise<void> {
    return vi.waitFor(condition, { timeout: 150_000, interval: 50 });
  }
  async stop(): Promise<number> {
    this.send({ type: 'stop' });
    return this.exited;
  }
}

let folder: string;
let engine: RunningEngine;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-engine-'));
  engine = new RunningEngine();
});
afterEach(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the engine on the demo reel', () => {
  it('finds and reads faces, sends pictures while they are wanted, changes the source and ends in order', async () => {
    engine.start();
    engine.send({ type: 'preview', enabled: true, maxHeight: 360 });
    await engine.until(() =>
      expect(engine.results().some(({ faces }) => faces.some((face) => face.attributes))).toBe(true),
    );
    expect(engine.all('ready')[0]).toMatchObject({ detector: {}, attributes: { fileName: 'attributes.onnx' } });
    expect(engine.all('model-unavailable')).toEqual([]);
    const picture = engine.all('preview')[0]?.picture;
    expect(picture?.height).toBe(360);
    expect(picture?.data.byteLength).toBe(640 * 360 * 1.5);
    expect(engine.results().map(({ sequence }) => sequence)).toContain(picture?.sequence);

    engine.send({ type: 'open', source: { kind: 'video', path: join(folder, 'none.mp4'), loop: true } });
    await engine.until(() =>
      expect(engine.all('source').at(-1)?.state).toMatchObject({ status: 'failed', label: 'none.mp4' }),
    );
    const ids = new Set(engine.results().flatMap(({ faces }) => faces.map(({ trackId }) => trackId)));
    const ended = new Set(engine.results().flatMap(({ endedTrackIds }) => endedTrackIds));
    expect(ended).toEqual(ids);

    expect(await engine.stop()).toBe(0);
    expect(engine.events.at(-1)).toEqual({ type: 'stopped' });
    const times = engine.results().map(({ timeMs }) => timeMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it.each([
    ['missing', async () => join(folder, 'none.onnx')],
    ['damaged', () => written('damaged.onnx', 'no model at all')],
    ['foreign', async () => enginePaths.detectorModel],
  ] as const)('goes on without attributes when their model is %s, and says so', async (reason, file) => {
    engine.start({ attributeModel: await file() });
    await engine.until(() => expect(engine.results().some(({ faces }) => faces.length > 0)).toBe(true));
    expect(engine.all('model-unavailable')).toMatchObject([{ model: 'attributes', reason }]);
    expect(engine.all('ready')[0]).toMatchObject({ attributes: null });
    expect(
      engine
        .results()
        .flatMap(({ faces }) => faces)
        .every(({ attributes }) => attributes === null),
    ).toBe(true);
  });

  it('goes on without faces when the detector is missing, and says so', async () => {
    engine.start({ detectorModel: join(folder, 'none.onnx') });
    await engine.until(() => expect(engine.results().length).toBeGreaterThan(5));
    expect(engine.all('model-unavailable')).toMatchObject([{ model: 'detector', reason: 'missing' }]);
    expect(engine.results().every(({ faces }) => faces.length === 0)).toBe(true);
  });

  it('reports a command that it cannot obey, and lives', async () => {
    engine.send({ type: 'open', source: { kind: 'demo' } });
    engine.start();
    await engine.until(() => expect(engine.results().length).toBeGreaterThan(0));
    expect(engine.all('log').map(({ level }) => level)).toContain('error');
  });
});

async function written(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
