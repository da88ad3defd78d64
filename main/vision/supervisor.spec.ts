import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineCommand, EngineEvent, EnginePaths } from '../../contract/engine.ts';
import { defaultEngineOptions } from '../../contract/engine.ts';
import type { FrameResult, TrackedFace } from '../../contract/frame-result.ts';
import type { EngineExit, EngineHandle, EngineHost, PagePort } from './engine-host.ts';
import { ManualClock } from './manual-clock.ts';
import type { SupervisorState } from './supervisor.ts';
import { EngineSupervisor, supervisorTiming } from './supervisor.ts';

class FakeEngine implements EngineHandle {
  readonly commands: EngineCommand[] = [];
  readonly pictureBases: number[] = [];
  readonly drawnUpTo: number[] = [];
  killed = false;
  endsInOrder = true;
  #event: (event: EngineEvent) => void = () => {};
  #exit: (exit: EngineExit) => void = () => {};

  post(command: EngineCommand): void {
    this.commands.push(command);
    if (command.type === 'stop' && this.endsInOrder) this.exit(0);
  }
  onEvent(listener: (event: EngineEvent) => void): void {
    this.#event = listener;
  }
  onExit(listener: (exit: EngineExit) => void): void {
    this.#exit = listener;
  }
  openPictures(_: PagePort, sequenceBase: number): void {
    this.pictureBases.push(sequenceBase);
  }
  drawn(sequence: number): void {
    this.drawnUpTo.push(sequence);
  }
  kill(): void {
    this.killed = true;
    this.exit(9);
  }
  say(event: EngineEvent): void {
    this.#event(event);
  }
  exit(code: number): void {
    this.#exit({ code, detail: '' });
  }
}

const paths: EnginePaths = {
  detectorModel: '/m/d.onnx',
  attributeModel: '/m/a.onnx',
  alignment: '/m/a.json',
  demoReel: '/r.mp4',
};
const timing = supervisorTiming;

let clock: ManualClock;
let engines: FakeEngine[];
let events: EngineEvent[];
let states: SupervisorState[];
let supervisor: EngineSupervisor;
let refuse: boolean;

const host: EngineHost = {
  start() {
    if (refuse) throw new Error('no more processes');
    const engine = new FakeEngine();
    engines.push(engine);
    return engine;
  },
};
const newest = () => engines.at(-1) as FakeEngine;

const ready: EngineEvent = { type: 'ready', detector: null, attributes: null };

/** Lives for a while with a heartbeat each second. */
function live(ms: number): void {
  for (let passed = 0; passed < ms; passed += 500) {
    newest().say({ type: 'heartbeat' });
    clock.pass(500);
  }
}

function resultWith(sequence: number, trackIds: number[], endedTrackIds: number[] = []): EngineEvent {
  const faces = trackIds.map((trackId) => ({ trackId }) as unknown as TrackedFace);
  return { type: 'result', result: { sequence, faces, endedTrackIds } as unknown as FrameResult };
}

beforeEach(() => {
  clock = new ManualClock();
  engines = [];
  events = [];
  states = [];
  refuse = false;
  supervisor = new EngineSupervisor({
    host,
    clock,
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
  });
  supervisor.start({ paths, options: defaultEngineOptions, source: { kind: 'demo' } });
});

describe('EngineSupervisor', () => {
  it('starts the engine with its assignment and passes on what it says', () => {
    expect(newest().commands).toEqual([
      { type: 'start', paths, options: defaultEngineOptions, source: { kind: 'demo' } },
    ]);
    newest().say(ready);
    expect(events).toEqual([ready]);
    expect(states).toEqual(['starting', 'running']);
  });

  it('leaves an engine alone that gives a sign of life every second', () => {
    newest().say(ready);
    live(10 * 60_000);
    expect(engines).toHaveLength(1);
    expect(states).toEqual(['starting', 'running', 'steady']);
  });

  it('starts a new engine after a crash, and tells it what the old one knew', () => {
    newest().say(ready);
    supervisor.open({ kind: 'camera', name: 'C270' });
    supervisor.configure({ ...defaultEngineOptions, mirror: true });
    supervisor.preview(true, 720);
    newest().exit(139);
    expect(supervisor.state).toBe('restarting');
    clock.pass(timing.budget.firstWaitMs);
    expect(engines).toHaveLength(2);
    expect(newest().commands).toEqual([
      {
        type: 'start',
        paths,
        options: { ...defaultEngineOptions, mirror: true },
        source: { kind: 'camera', name: 'C270' },
      },
      { type: 'preview', enabled: true, maxHeight: 720 },
    ]);
  });

  it('kills a hung engine after the stall time, not before, and does not listen to it any more', () => {
    newest().say(ready);
    clock.pass(timing.stallMs - 500);
    expect(newest().killed).toBe(false);
    clock.pass(1_500);
    const hung = engines[0] as FakeEngine;
    expect(hung.killed).toBe(true);
    hung.say({ type: 'heartbeat' });
    expect(events).toHaveLength(1);
    clock.pass(timing.budget.firstWaitMs);
    expect(engines).toHaveLength(2);
  });

  it('gives a starting engine more time, for loading its models', () => {
    newest().say({ type: 'heartbeat' });
    clock.pass(timing.stallMs * 2);
    expect(newest().killed).toBe(false);
    clock.pass(timing.startMs);
    expect(engines[0]?.killed).toBe(true);
  });

  it('does not take the machine waking up for a hung engine', () => {
    newest().say(ready);
    live(5_000);
    clock.sleep(8 * 3_600_000);
    clock.pass(1_000);
    expect(newest().killed).toBe(false);
    live(5_000);
    expect(engines).toHaveLength(1);
  });

  it('gives up quick restarts when the budget is spent, and tries slowly from then on', () => {
    for (let crash = 0; crash <= timing.budget.restarts; crash += 1) {
      newest().exit(1);
      if (crash < timing.budget.restarts) clock.pass(timing.budget.longestWaitMs);
    }
    expect(supervisor.state).toBe('given-up');
    expect(engines).toHaveLength(1 + timing.budget.restarts);
    clock.pass(timing.slowRetryMs - 1);
    expect(engines).toHaveLength(1 + timing.budget.restarts);
    clock.pass(1);
    expect(engines).toHaveLength(2 + timing.budget.restarts);
  });

  it('waits longer before each restart of a row, and forgives after a steady time', () => {
    newest().exit(1);
    clock.pass(timing.budget.firstWaitMs);
    newest().exit(1);
    clock.pass(timing.budget.firstWaitMs);
    expect(engines).toHaveLength(2);
    clock.pass(timing.budget.firstWaitMs);
    expect(engines).toHaveLength(3);
    newest().say(ready);
    live(timing.steadyMs + 2_000);
    expect(supervisor.state).toBe('steady');
    newest().exit(1);
    clock.pass(timing.budget.firstWaitMs);
    expect(engines).toHaveLength(4);
  });

  it('treats an engine that cannot be started like one that died', () => {
    refuse = true;
    newest().exit(1);
    clock.pass(timing.budget.firstWaitMs);
    expect(supervisor.state).toBe('restarting');
    refuse = false;
    clock.pass(timing.budget.longestWaitMs);
    expect(engines).toHaveLength(2);
  });

  it('continues the numbers of frames and tracks after a restart', () => {
    newest().say(resultWith(40, [7, 9]));
    newest().exit(1);
    clock.pass(timing.budget.firstWaitMs);
    newest().say(resultWith(1, [1], [2]));
    expect(events[1]).toMatchObject({ result: { sequence: 41, faces: [{ trackId: 10 }], endedTrackIds: [11] } });
    supervisor.openPictures({ close: () => {} });
    expect(newest().pictureBases).toEqual([40]);
  });

  it('closes a port for pictures that no engine can use', () => {
    newest().exit(1);
    let closed = false;
    supervisor.openPictures({
      close: () => {
        closed = true;
      },
    });
    supervisor.drawn(3);
    expect(closed).toBe(true);
    expect(newest().drawnUpTo).toEqual([]);
  });

  it('lists cameras, and does not leave the question open when the engine dies or is silent', async () => {
    newest().say(ready);
    const cameras = [{ name: 'C270', label: 'C270', modes: [] }];
    const answered = supervisor.listCameras();
    newest().say({ type: 'cameras', request: 1, cameras });
    await expect(answered).resolves.toEqual(cameras);

    const silent = supervisor.listCameras();
    live(11_000);
    await expect(silent).rejects.toThrow('in time');

    const lost = supervisor.listCameras();
    newest().exit(1);
    await expect(lost).rejects.toThrow('ended');
    await expect(supervisor.listCameras()).rejects.toThrow('not running');
  });

  it('loads other models in an engine that takes up where the old one ended, which is no trouble', () => {
    newest().say(ready);
    newest().endsInOrder = false;
    supervisor.open({ kind: 'camera', name: 'C270' });
    const other = { ...paths, attributeModel: '/m/light.onnx' };
    supervisor.reload(other);
    supervisor.reload(other);
    expect(newest().commands.filter(({ type }) => type === 'stop')).toHaveLength(1);
    expect(engines).toHaveLength(1);
    newest().exit(0);
    expect(engines).toHaveLength(2);
    expect(newest().commands[0]).toMatchObject({ type: 'start', paths: other, source: { name: 'C270' } });
    newest().say(ready);
    live(10 * 60_000);
    expect(engines).toHaveLength(2);
    expect(states).toEqual(['starting', 'running', 'starting', 'running', 'steady']);
  });

  it('ends by force an engine that makes no room for another', () => {
    newest().say(ready);
    newest().endsInOrder = false;
    supervisor.reload({ ...paths, attributeModel: '/m/light.onnx' });
    clock.pass(timing.stopMs);
    expect(engines[0]?.killed).toBe(true);
    expect(engines).toHaveLength(2);
  });

  it('stops the engine in order and does not start it again', async () => {
    newest().say(ready);
    await supervisor.stop();
    expect(newest().killed).toBe(false);
    clock.pass(timing.slowRetryMs * 2);
    expect(engines).toHaveLength(1);
    expect(supervisor.state).toBe('stopped');
  });

  it('ends by force what does not stop', async () => {
    newest().endsInOrder = false;
    const stopped = supervisor.stop();
    clock.pass(timing.stopMs);
    await stopped;
    expect(newest().killed).toBe(true);
  });

  it('stops also while a restart is due', async () => {
    newest().exit(1);
    await supervisor.stop();
    clock.pass(timing.slowRetryMs * 2);
    expect(engines).toHaveLength(1);
  });
});
