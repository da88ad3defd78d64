import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { z } from 'zod';
import type { RequestChannel, RequestResults, requestSchemas } from '../../contract/ipc.ts';
import type { Settings } from '../../contract/settings.ts';
import { settingsSchema } from '../../contract/settings.ts';
import { PinLock } from '../kiosk/pin-lock.ts';
import { ProblemRegistry } from '../problems/problem-registry.ts';
import { RunSettings } from '../settings/run-settings.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { PlaylistStore } from '../signage/playlist-store.ts';
import { Signage } from '../signage/signage.ts';
import { type AuditFacts, recordAudit } from '../store/audit-log.ts';
import { openStore } from '../store/statistics-store.ts';
import { systemClock } from '../vision/clock.ts';
import { type InsightsServices, insightsHandlers } from './insights-requests.ts';
import type { RequestHandlers } from './request-router.ts';
import { requestHandlers } from './requests.ts';

let time: number;
let store: SettingsStore;
let lock: PinLock;
let problems: ProblemRegistry;
let saved: { now: Settings; before: Settings }[];
let left: number;
let recorded: AuditFacts[];
let insights: InsightsServices;
let handlers: RequestHandlers;
let signage: Signage;

beforeEach(() => {
  time = 0;
  saved = [];
  left = 0;
  recorded = [];
  store = new SettingsStore({
    folder: '/nowhere/vitrine',
    now: () => new Date(0),
    onIncident: () => {},
    write: () => {},
  });
  lock = new PinLock({ pinHash: () => store.current.access.pinHash, now: () => time });
  problems = new ProblemRegistry({ now: () => 0, onChange: () => {} });
  const playlists = new PlaylistStore({
    folder: '/nowhere/playlists',
    now: () => new Date(0),
    clock: systemClock,
    onIncident: () => {},
  });
  signage = new Signage({
    playlists,
    settings: () => store.current,
    clock: systemClock,
    wallNow: () => 0,
    isResting: () => false,
    onState: () => {},
    onItemFailed: () => {},
    onFailing: () => {},
    onPlayed: () => {},
  });
  insights = {
    settings: () => store.current,
    counters: () => ({ passersByToday: 13, watchersToday: 4, inView: 2, watchingNow: 1 }),
    store: { read: () => null, erase: () => ({ removedFiles: 0, remaining: [] }) },
    record: (facts) => recorded.push(facts),
    origin: () => ({ version: '1', detector: null, attributes: null }),
    confusions: () => ({}),
    itemNames: () => new Map(),
    chooseSavePath: async () => null,
    printTo: async () => {},
    now: () => Date.UTC(2026, 10, 24, 12),
  };
  handlers = requestHandlers({
    settings: new RunSettings(store, { kind: 'stream', url: 'rtsp://a:s3cret@cam/x' }),
    lock,
    problems,
    panelOff: () => false,
    source: () => ({
      status: 'running',
      kind: 'stream',
      label: 'cam',
      width: 1,
      height: 1,
      framesPerSecond: 1,
      attempt: 0,
      nextAttemptAtMs: null,
      detail: null,
    }),
    counters: () => ({ passersByToday: 0, watchersToday: 0, inView: 0, watchingNow: 0 }),
    info: () => ({ version: '1', runtime: 'test', detector: null, attributes: null, dataFolder: '~' }),
    choosePin: (pinHash) => store.choosePin(pinHash),
    onSaved: (now, before) => saved.push({ now, before }),
    cameras: () => Promise.reject(new Error('the engine hangs')),
    displays: () => [],
    chooseFile: async () => null,
    stored: () => ({ fileName: 'statistics.sqlite', sizeBytes: 0, tables: [] }),
    leave: () => {
      left += 1;
    },
    insights,
    signage: {
      signage,
      playlists,
      screens: () => ({ main: 'window' }),
      chooseMedia: async () => [],
      chooseFolder: async () => null,
      chooseSavePath: async () => null,
      printTo: async () => {},
      onChanged: () => {},
    },
  });
});

function ask<Channel extends RequestChannel>(
  channel: Channel,
  argument: z.output<(typeof requestSchemas)[Channel]>,
  screen = 'main',
): RequestResults[Channel] | Promise<RequestResults[Channel]> {
  return handlers[channel](argument, screen);
}

describe('requestHandlers', () => {
  it('tells the page whether a PIN has been chosen, and neither its hash nor a password', async () => {
    expect(await ask('kiosk:snapshot', undefined)).toMatchObject({ pinChosen: false });
    await ask('operator:choose-pin', { pin: '2468' });
    const snapshot = await ask('kiosk:snapshot', undefined);
    expect(snapshot.pinChosen).toBe(true);
    expect(JSON.stringify(snapshot)).not.toContain(store.current.access.pinHash);
    expect(JSON.stringify(snapshot)).not.toContain('s3cret');
  });

  it('leaves the set-up open to the operator who has just chosen a PIN, until it is locked', async () => {
    await ask('operator:choose-pin', { pin: '2468' });
    expect(lock.isOpen).toBe(true);
    await ask('operator:lock', undefined);
    expect(lock.isOpen).toBe(false);
    expect(await ask('operator:unlock', { pin: '1357' })).toBe(false);
    expect(await ask('operator:unlock', { pin: '2468' })).toBe(true);
    expect(lock.isOpen).toBe(true);
  });

  it('says how long to wait after too many wrong PINs', async () => {
    await ask('operator:choose-pin', { pin: '2468' });
    for (let guess = 0; guess < 3; guess += 1) await ask('operator:unlock', { pin: '0000' });
    await expect(ask('operator:unlock', { pin: '2468' })).rejects.toMatchObject({
      code: 'too-many-tries',
      message: expect.stringContaining('5 seconds'),
    });
  });

  it('saves settings, says what changed, and answers with what is in force', async () => {
    const { settings } = await ask('kiosk:snapshot', undefined);
    const answer = await ask('settings:save', { ...settings, source: { kind: 'demo' } });
    expect(answer).toEqual({ ...settings, source: { kind: 'demo' } });
    expect(saved).toMatchObject([{ now: { source: { kind: 'demo' } }, before: { source: { kind: 'stream' } } }]);
    expect(store.current).toEqual(settingsSchema.parse({}));
  });

  it('says what to do when the cameras cannot be listed', async () => {
    await expect(ask('cameras:list', undefined)).rejects.toMatchObject({ code: 'no-engine' });
  });

  it('waves away notices only', async () => {
    problems.raise('settings-damaged');
    problems.raise('engine-given-up');
    await ask('problems:dismiss', { code: 'settings-damaged' });
    expect(() => ask('problems:dismiss', { code: 'engine-given-up' })).toThrow('until its cause is gone');
    expect(problems.current.map(({ code }) => code)).toEqual(['engine-given-up']);
  });

  it('leaves when asked to', async () => {
    await ask('operator:leave', undefined);
    expect(left).toBe(1);
  });
});

describe('the requests of Insights', () => {
  it('round today down to whole groups, and leave exact what everybody before the screen sees', async () => {
    expect(await ask('insights:today', undefined)).toMatchObject({
      smallestCell: 5,
      passersBy: 10,
      watchers: 0,
      inView: 2,
      watchingNow: 1,
    });
  });

  it('refuse a range that ends before it begins, and say so where the file cannot be read', () => {
    expect(() => ask('insights:report', { from: '2026-11-02', to: '2026-11-01' })).toThrow(/last day is before/);
    expect(() => ask('insights:report', { from: '2026-11-01', to: '2026-11-02' })).toThrow(/cannot be read/);
  });

  it('save nothing where the operator cancels', async () => {
    expect(await ask('insights:print', { landscape: false })).toBeNull();
    expect(await ask('audit:export', undefined)).toBeNull();
    expect(recorded).toEqual([]);
  });
});

describe('the audit log', () => {
  it('notes a PIN that was chosen, and nothing of it', async () => {
    await ask('operator:choose-pin', { pin: '2468' });
    expect(recorded).toEqual([{ kind: 'pin-changed', details: {} }]);
  });

  it('is exported as a whole, which is noted itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-audit-'));
    const file = openStore({ folder, now: () => 0, onProblem: ({ code }) => expect.fail(code) });
    onTestFinished(() => {
      file.close();
      rmSync(folder, { recursive: true });
    });
    const record = (facts: AuditFacts) => file.write((connection) => recordAudit(connection, facts, 86_400_000, 365));
    const { 'audit:export': exportAudit, 'audit:list': list } = insightsHandlers({
      ...insights,
      store: file,
      record,
      chooseSavePath: async () => join(folder, 'log.csv'),
    });
    record({ kind: 'pin-changed', details: {} });
    record({ kind: 'preset-applied', details: { preset: 'everything' } });
    expect(await exportAudit(undefined, 'main')).toEqual({ files: ['log.csv'] });
    expect(readFileSync(join(folder, 'log.csv'), 'utf8').trim().split('\n')).toEqual([
      'id,at,kind,details',
      '2,1970-01-02T00:00:00.000Z,preset-applied,"{""preset"":""everything""}"',
      '1,1970-01-02T00:00:00.000Z,pin-changed,{}',
    ]);
    expect(await list({ beforeId: null, limit: 1 }, 'main')).toMatchObject({
      entries: [{ kind: 'audit-exported', details: { entries: '2' } }],
    });
  });

  it('is not noted as exported where it cannot be read', async () => {
    const { 'audit:export': exportAudit } = insightsHandlers({
      ...insights,
      chooseSavePath: async () => '/nowhere/x.csv',
    });
    await expect(exportAudit(undefined, 'main')).rejects.toThrow(/cannot be read/);
    expect(recorded).toEqual([]);
  });
});

describe('the requests of the signage', () => {
  it('refuse to delete a playlist that a screen plays, and one that is not there', async () => {
    await expect(ask('signage:delete', { id: 'window' })).rejects.toThrow(/A screen plays this playlist/);
    await expect(ask('signage:delete', { id: 'gone' })).rejects.toThrow(/no longer there/);
  });

  it('know the screens that are there', () => {
    expect(ask('stage:state', undefined)).toMatchObject({ screen: 'main', current: null, next: null });
    expect(() => ask('stage:state', undefined, '77')).toThrow(/plays nothing any more/);
    signage.useScreens(['77']);
    expect(ask('stage:state', undefined, '77')).toMatchObject({ screen: '77', current: null });
  });
});
