import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../contract/settings.ts';
import { migrate } from './migrations.ts';
import type { SettingsIncident } from './settings-store.ts';
import { SettingsStore } from './settings-store.ts';

const pinHash = `${'0a'.repeat(16)}:${'1b'.repeat(64)}`;
const now = () => new Date('2026-11-25T22:10:11.000Z');

let folder: string;
let incidents: SettingsIncident[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-settings-'));
  incidents = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (write?: (path: string, text: string) => void) =>
  new SettingsStore({ folder, now, onIncident: (incident) => incidents.push(incident), ...(write && { write }) });
const put = (text: string) => writeFileSync(join(folder, 'settings.json'), text);
const stored = () => JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')) as Record<string, unknown>;

describe('SettingsStore', () => {
  it('begins with working defaults and writes nothing until something is changed', () => {
    expect(open().current).toEqual(settingsSchema.parse({}));
    expect(readdirSync(folder)).toEqual([]);
    expect(incidents).toEqual([]);
  });

  it('keeps a change over a restart, and the PIN with it', () => {
    const store = open();
    store.choosePin(pinHash);
    const { access: _, ...rest } = store.current;
    store.save({ ...rest, live: { ...rest.live, theme: 'light' } });
    const again = open().current;
    expect(again.live.theme).toBe('light');
    expect(again.access.pinHash).toBe(pinHash);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('tells listeners what was in force before', () => {
    const store = open();
    const seen: string[] = [];
    store.onChange((next, previous) => seen.push(`${previous.live.view} -> ${next.live.view}`));
    const { access: _, ...rest } = store.current;
    store.save({ ...rest, live: { ...rest.live, view: 'outlines' } });
    expect(seen).toEqual(['picture -> outlines']);
  });

  it.each([
    ['half a file', '{"version": 1, "live": {'],
    ['a wrong value', '{"version": 1, "picture": {"rotateDegrees": 45}}'],
    ['a list', '[]'],
    ['a newer layout', '{"version": 99}'],
    ['an empty file', ''],
  ])('puts %s aside with its time and uses defaults', (_, text) => {
    put(text);
    expect(open().current).toEqual(settingsSchema.parse({}));
    const keptAs = 'settings.damaged-2026-11-25T22-10-11.000Z.json';
    expect(readFileSync(join(folder, keptAs), 'utf8')).toBe(text);
    expect(incidents).toMatchObject([{ kind: 'damaged', keptAs }]);
  });

  it('does not open the set-up to everybody because the file is damaged', () => {
    put(`{"version": 1, "access": {"pinHash": "${pinHash}"}, "live": {"theme": "da`);
    expect(open().current.access.pinHash).toBe(pinHash);
    expect(open().current.access.pinHash).toBe(pinHash);
  });

  it('drops keys that nobody reads when it next writes', () => {
    put('{"version": 1, "colour": "green", "live": {"theme": "light", "font": "Comic"}}');
    const store = open();
    expect(incidents).toEqual([]);
    store.choosePin(pinHash);
    expect(stored()).not.toHaveProperty('colour');
    expect(stored().live).not.toHaveProperty('font');
    expect(stored().live).toMatchObject({ theme: 'light' });
  });

  it('says that the disk cannot be written and keeps the change in force', () => {
    const store = open(() => {
      throw Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
    });
    store.choosePin(pinHash);
    expect(store.current.access.pinHash).toBe(pinHash);
    expect(incidents).toMatchObject([{ kind: 'unwritable' }]);
  });

  it('says so too when the data folder cannot be made', () => {
    put('in the way');
    const store = new SettingsStore({
      folder: join(folder, 'settings.json'),
      now,
      onIncident: (incident) => incidents.push(incident),
    });
    store.choosePin(pinHash);
    expect(incidents.map((incident) => incident.kind)).toContain('unwritable');
  });

  it('leaves the old file whole when writing fails half-way', () => {
    open().choosePin(pinHash);
    const before = stored();
    const store = open(() => {
      throw new Error('ENOSPC');
    });
    store.choosePin(`${'ff'.repeat(16)}:${'ee'.repeat(64)}`);
    expect(stored()).toEqual(before);
  });
});

describe('migrate', () => {
  it('takes an old file through every step in turn', () => {
    const steps = {
      1: (file: Readonly<Record<string, unknown>>) => ({ ...file, second: true }),
      2: (file: Readonly<Record<string, unknown>>) => ({ ...file, third: file.second }),
    };
    expect(migrate({ version: 1, kept: 'x' }, steps, 3)).toEqual({ version: 3, kept: 'x', second: true, third: true });
  });

  it('refuses a version without a way to the present one', () => {
    expect(() => migrate({ version: 1 }, {}, 2)).toThrow('no way');
    expect(() => migrate({ version: 'one' })).toThrow('unknown version');
  });
});
