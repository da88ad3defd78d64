import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineCommand, EngineEvent } from '../../contract/engine.ts';
import type { Settings } from '../../contract/settings.ts';
import { settingsSchema } from '../../contract/settings.ts';
import type { SourceState } from '../../contract/source.ts';
import { ProblemRegistry } from '../problems/problem-registry.ts';
import type { EngineExit } from '../vision/engine-host.ts';
import { ManualClock } from '../vision/manual-clock.ts';
import { EngineLink } from './engine-link.ts';
import type { EngineFiles } from './resources.ts';

const paths: EngineFiles = {
  detectorModel: '/d',
  attributeModels: { standard: '/a', light: '/light' },
  alignment: '/l',
  demoReel: '/r',
};
const facts = { name: 'vitrine-detector', version: '1', fileName: 'face-detector.onnx' };

const ready: EngineEvent = { type: 'ready', detector: facts, attributes: facts };

let clock: ManualClock;
let commands: EngineCommand[];
let say: (event: EngineEvent) => void;
let exit: (exit: EngineExit) => void;
let logged: string[];
let sources: SourceState[];
let freshStarts: number;
let problems: ProblemRegistry;
let link: EngineLink;
const codes = () => problems.current.map((problem) => problem.code);
const settings = (change: object = {}): Settings => settingsSchema.parse(change);

beforeEach(() => {
  clock = new ManualClock();
  commands = [];
  logged = [];
  sources = [];
  freshStarts = 0;
  problems = new ProblemRegistry({ now: () => 0, onChange: () => {} });
  link = new EngineLink({
    host: {
      start: () => ({
        post: (command) => commands.push(command),
        onEvent: (listener) => {
          say = listener;
        },
        onExit: (listener) => {
          exit = listener;
        },
        openPictures: () => {},
        drawn: () => {},
        kill: () => {},
      }),
    },
    clock,
    log: (level, message, detail) => logged.push(`${level} ${message} ${String(detail)}`),
    problems,
    onResult: () => {},
    onReady: () => {},
    onSource: (state) => sources.push(state),
    onFreshStart: () => {
      freshStarts += 1;
    },
  });
});

describe('EngineLink', () => {
  it('says at once which source is being opened', () => {
    link.start(paths, settings({ source: { kind: 'stream', url: 'rtsp://a:secret@cam.local/x' } }));
    expect(link.source).toMatchObject({ status: 'opening', label: 'cam.local', attempt: 0 });
    expect(sources).toHaveLength(1);
    expect(logged.join()).not.toContain('secret');
  });

  it('loads the other attribute network when it is chosen, and forgets whom the first one saw', () => {
    link.start(paths, settings());
    say(ready);
    const chosen = settings({ picture: { network: 'light' } });
    const before = freshStarts;
    link.apply(chosen, settings());
    expect(commands.map(({ type }) => type)).toContain('stop');
    exit({ code: 0, detail: '' });
    expect(commands.at(-1)).toMatchObject({ type: 'start', paths: { attributeModel: '/light', detectorModel: '/d' } });
    expect(freshStarts).toBe(before + 1);
    expect(link.source).toMatchObject({ status: 'opening', attempt: 1 });
    link.apply(chosen, chosen);
    expect(freshStarts).toBe(before + 1);
  });

  it('says which model cannot be used, until one can', () => {
    link.start(paths, settings());
    say({ type: 'model-unavailable', model: 'attributes', reason: 'damaged', detail: '/a: not ONNX' });
    say({ type: 'ready', detector: facts, attributes: null });
    expect(problems.current).toMatchObject([{ code: 'attributes-unavailable', params: { reason: 'damaged' } }]);
    expect(JSON.stringify(problems.current)).not.toContain('/a');
    say({ type: 'ready', detector: facts, attributes: facts });
    expect(codes()).toEqual([]);
    expect(link.models.attributes).toEqual(facts);
  });

  it('says that the engine is restarted, and that it is over', () => {
    link.start(paths, settings());
    say(ready);
    exit({ code: 6, detail: '' });
    expect(codes()).toEqual(['engine-restarting']);
    clock.pass(1_000);
    say(ready);
    expect(codes()).toEqual([]);
  });

  it('forgets at once whom a dead engine saw, and keeps no picture of theirs: it cannot say that they left', () => {
    link.start(paths, settings());
    for (let crash = 0; crash < 6; crash += 1) {
      say(ready);
      say({ type: 'source', state: { ...link.source, status: 'running', attempt: 0 } });
      const before = freshStarts;
      exit({ code: 6, detail: '' });
      expect(freshStarts).toBe(before + 1);
      expect(link.source).toMatchObject({ status: 'opening', attempt: 1 });
      expect(sources.at(-1)).toBe(link.source);
      clock.pass(15_000);
    }
    expect(codes()).toEqual(['engine-given-up']);
    expect(link.source).toMatchObject({ status: 'opening', attempt: 1 });
  });

  it('says calmly that the engine is given up, until it has run steadily', () => {
    link.start(paths, settings());
    for (let crash = 0; crash < 6; crash += 1) {
      exit({ code: 6, detail: '' });
      clock.pass(15_000);
    }
    expect(codes()).toEqual(['engine-given-up']);
    clock.pass(5 * 60_000);
    say(ready);
    expect(codes()).toEqual(['engine-given-up']);
    for (let second = 0; second < 62; second += 1) {
      clock.pass(1_000);
      say({ type: 'heartbeat' });
    }
    expect(codes()).toEqual([]);
  });

  it('tells the engine of a new source or another way to look, and of nothing else', () => {
    const before = settings();
    link.start(paths, before);
    commands.length = 0;
    link.apply(settings({ live: { theme: 'light' } }), before);
    expect(commands).toEqual([]);
    link.apply(settings({ picture: { mirror: true } }), before);
    expect(commands).toMatchObject([{ type: 'configure', options: { mirror: true } }]);
    expect(freshStarts).toBe(1);
    link.apply(settings({ source: { kind: 'camera', name: 'C270' } }), before);
    expect(commands[1]).toEqual({ type: 'open', source: { kind: 'camera', name: 'C270' } });
    expect(freshStarts).toBe(2);
    expect(link.source.label).toBe('C270');
  });

  it('rests: the source is closed, said so, and stays closed through whatever else happens', () => {
    const camera = { kind: 'camera', name: 'front' } as const;
    link.start(paths, settings({ source: camera }), true);
    expect(commands[0]).toMatchObject({ type: 'start', source: null });
    expect(link.source).toMatchObject({ status: 'closed', label: 'front' });
    link.rest(false);
    expect(commands.at(-1)).toEqual({ type: 'open', source: camera });
    say({ type: 'source', state: { ...link.source, status: 'waiting' } });
    expect(codes()).toEqual(['source-missing']);
    const fresh = freshStarts;
    link.rest(true);
    link.rest(true);
    expect(commands.at(-1)).toEqual({ type: 'open', source: null });
    expect(freshStarts).toBe(fresh + 1);
    // What it said before it was told, and another camera that is chosen meanwhile.
    say({ type: 'source', state: { ...link.source, status: 'running' } });
    link.apply(settings({ source: { ...camera, name: 'back' } }), settings({ source: camera }));
    expect(link.source).toMatchObject({ status: 'closed', label: 'back' });
    expect(commands.at(-1)).toEqual({ type: 'open', source: null });
    expect(codes()).toEqual([]);
    exit({ code: 1, detail: '' });
    expect(link.source.status).toBe('closed');
    clock.pass(60_000);
    expect(commands.at(-1)).toMatchObject({ type: 'start', source: null });
    link.rest(false);
    expect(commands.at(-1)).toEqual({ type: 'open', source: { ...camera, name: 'back' } });
  });

  it('raises and clears what is wrong with the source', () => {
    link.start(paths, settings());
    say({ type: 'source', state: { ...link.source, status: 'stalled' } });
    expect(codes()).toEqual(['source-stalled']);
    say({ type: 'source', state: { ...link.source, status: 'running' } });
    expect(codes()).toEqual([]);
  });
});
