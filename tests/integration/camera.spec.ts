import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CameraInfo, SourceState } from '../../contract/source.ts';
import { CameraStandIn, canStandInForCamera } from '../support/camera/camera-stand-in.ts';
import { repository } from '../support/shared.ts';
import { until } from '../support/until.ts';

const film = join(repository, 'resources/demo/reel.mp4');
const watchScript = fileURLToPath(new URL('../support/camera/watch-camera.ts', import.meta.url));
const timings = { stallMs: 1500, firstMs: 50, maxMs: 400, checkMs: 50 };

interface SeenFrame {
  readonly width: number;
  readonly height: number;
  readonly timeMs: number;
  readonly wallMs: number;
}

/** The process that sees the camera, and what it has told so far. */
class Watch {
  readonly states: SourceState[] = [];
  readonly frames: SeenFrame[] = [];
  cameras: readonly CameraInfo[] | null = null;
  readonly #process: ChildProcess;

  constructor(camera: CameraStandIn, wanted: object) {
    const settings = JSON.stringify({ name: CameraStandIn.stableName, ...wanted });
    const child = spawn(process.execPath, [watchScript, settings, JSON.stringify(timings)], {
      env: { ...process.env, ...camera.environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = JSON.parse(line);
      if (told.cameras) this.cameras = told.cameras;
      if (told.state) this.states.push(told.state);
      if (told.frame) this.frames.push(told.frame);
    });
    this.#process = child;
  }

  get status(): string | undefined {
    return this.states.at(-1)?.status;
  }

  /** As when another source is chosen. @returns after how many ms it was over */
  async leave(): Promise<number> {
    if (this.#process.exitCode !== null) return 0;
    const began = performance.now();
    this.#process.stdin?.end();
    await once(this.#process, 'exit');
    return performance.now() - began;
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }
}

describe.skipIf(!canStandInForCamera())('a webcam', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-camera-'));
  const watches: Watch[] = [];
  let camera: CameraStandIn;
  const watch = (wanted: object = {}) => {
    watches.push(new Watch(camera, wanted));
    return watches.at(-1) as Watch;
  };
  beforeAll(async () => {
    camera = await CameraStandIn.make(folder, film, 8);
  });
  beforeEach(() => camera.plugIn());
  afterEach(() => {
    for (const process of watches.splice(0)) process.kill();
    camera.isSilent = false;
    camera.isTaken = false;
    camera.pullOut();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is listed under a name that stays, with what it can do', async () => {
    const seen = watch();
    await until(() => seen.cameras !== null);
    expect(seen.cameras).toEqual([
      { name: CameraStandIn.stableName, label: CameraStandIn.label, modes: CameraStandIn.modes },
    ]);
  });

  it.each([
    ['compressed', {}, [1280, 720]],
    ['uncompressed', { width: 640, height: 480 }, [640, 480]],
  ])('delivers %s pictures at its own rate', async (_, wanted, size) => {
    const seen = watch(wanted);
    await until(() => seen.frames.length >= 60);
    const [first, last] = [seen.frames[0] as SeenFrame, seen.frames[59] as SeenFrame];
    expect([last.width, last.height]).toEqual(size);
    expect(seen.states.map(({ status }) => status)).toEqual(['opening', 'running']);
    expect(seen.states[1]).toMatchObject({ framesPerSecond: 30, label: 'Vitrine Stand-in camera 0001' });
    // Its own clock and that of the wall agree.
    expect((last.timeMs - first.timeMs) / (last.wallMs - first.wallMs)).toBeGreaterThan(0.8);
    expect((last.timeMs - first.timeMs) / (last.wallMs - first.wallMs)).toBeLessThan(1.25);
  });

  it('that is pulled out is waited for, and picked up where the system puts it next', async () => {
    const seen = watch();
    await until(() => seen.frames.length > 0);
    camera.pullOut();
    await until(() => seen.states.some(({ detail }) => detail === 'The camera is not plugged in.'));
    const before = seen.frames.length;
    camera.plugIn(3);
    await until(() => seen.status === 'running' && seen.frames.length > before);
  });

  it('that hangs itself up is opened again while it still hangs', async () => {
    const seen = watch();
    await until(() => seen.frames.length > 0);
    camera.isSilent = true;
    const openings = () => seen.states.filter(({ status }) => status === 'opening').length;
    await until(() => openings() === 3);
    expect(seen.states.some(({ status }) => status === 'stalled')).toBe(true);
    const before = seen.frames.length;
    camera.isSilent = false;
    await until(() => seen.status === 'running' && seen.frames.length > before);
  });

  it('that hangs keeps nobody who wants to leave it', async () => {
    camera.isSilent = true;
    const seen = watch();
    await until(() => seen.status === 'opening');
    expect(await seen.leave()).toBeLessThan(1400);
  });

  it('that another program has is waited for', async () => {
    camera.isTaken = true;
    const seen = watch();
    await until(() => seen.status === 'waiting');
    expect(seen.states.at(-1)?.detail).toBe('The camera is busy: another program uses it.');
    camera.isTaken = false;
    await until(() => seen.frames.length > 0);
  });
});
