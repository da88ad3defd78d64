import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../contract/problems.ts';
import type { SourceState, SourceStatus } from '../../contract/source.ts';
import { streamAnswers } from '../../contract/source.ts';
import { ProblemRegistry } from './problem-registry.ts';
import { followSource } from './source-problems.ts';

let time: number;
let told: (readonly Problem[])[];
let problems: ProblemRegistry;
const codes = () => problems.current.map((problem) => problem.code);

beforeEach(() => {
  time = 1000;
  told = [];
  problems = new ProblemRegistry({ now: () => time, onChange: (current) => told.push(current) });
});

describe('ProblemRegistry', () => {
  it('holds one problem per code and keeps the time since when it stands', () => {
    problems.raise('source-missing', { source: 'C270' });
    time = 2000;
    problems.raise('source-missing', { source: 'cam.local' });
    expect(problems.current).toEqual([
      { code: 'source-missing', severity: 'warning', sinceMs: 1000, params: { source: 'cam.local' } },
    ]);
  });

  it('tells listeners of changes only', () => {
    problems.raise('engine-restarting');
    problems.raise('engine-restarting');
    problems.clear('engine-given-up');
    problems.clear('engine-restarting', 'engine-given-up');
    expect(told.map((list) => list.length)).toEqual([1, 0]);
  });

  it('lets notices be waved away, and nothing else', () => {
    problems.raise('settings-damaged');
    problems.raise('engine-given-up');
    expect(problems.dismiss('settings-damaged')).toBe(true);
    expect(problems.dismiss('engine-given-up')).toBe(false);
    expect(codes()).toEqual(['engine-given-up']);
  });
});

describe('followSource', () => {
  const state = (status: SourceStatus, more: Partial<SourceState> = {}): SourceState => ({
    status,
    kind: 'camera',
    label: 'C270',
    width: 0,
    height: 0,
    framesPerSecond: 0,
    attempt: 0,
    nextAttemptAtMs: null,
    detail: null,
    ...more,
  });

  it.each<[SourceStatus, string[]]>([
    ['waiting', ['source-missing']],
    ['stalled', ['source-stalled']],
    ['failed', ['source-broken']],
    ['running', []],
    ['ended', []],
  ])('%s is said as %j', (status, expected) => {
    followSource(state(status), problems);
    expect(codes()).toEqual(expected);
  });

  it('says that a folder holds no picture, and not that it has to be plugged in', () => {
    followSource(state('waiting', { kind: 'images', label: 'Faces' }), problems);
    expect(codes()).toEqual(['pictures-missing']);
    followSource(state('running', { kind: 'images', label: 'Faces', detail: '“a.jpg” is left out: …' }), problems);
    expect(codes()).toEqual([]);
  });

  it('keeps the problem while the source is opened again, and ends it with the first picture', () => {
    followSource(state('waiting', { attempt: 1 }), problems);
    followSource(state('opening', { attempt: 2 }), problems);
    expect(codes()).toEqual(['source-missing']);
    followSource(state('running'), problems);
    expect(codes()).toEqual([]);
  });

  it('forgets the old source when another one is opened', () => {
    followSource(state('failed'), problems);
    followSource(state('opening', { kind: 'demo' }), problems);
    expect(codes()).toEqual([]);
  });

  it('says that a camera may not be used, but not so of a file', () => {
    followSource(state('waiting', { detail: 'open /dev/video0: Permission denied' }), problems);
    expect(codes()).toEqual(['camera-denied']);
    followSource(state('failed', { kind: 'video', detail: 'EACCES' }), problems);
    expect(codes()).toEqual(['source-broken']);
  });

  it('says that a stream refuses the password, or has nothing at its address, rather than that it is not there', () => {
    const stream = (detail: string) => state('waiting', { kind: 'stream', detail });
    followSource(stream(streamAnswers.refused), problems);
    expect(codes()).toEqual(['stream-refused']);
    followSource(stream(streamAnswers.unknown), problems);
    expect(codes()).toEqual(['stream-unknown']);
    followSource(stream('Connection refused'), problems);
    expect(codes()).toEqual(['source-missing']);
  });

  it('names the source by its label alone', () => {
    followSource(state('waiting'), problems);
    expect(problems.current[0]?.params).toEqual({ source: 'C270' });
  });
});
