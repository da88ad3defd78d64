import { beforeEach, describe, expect, it } from 'vitest';
import type { SourceSpec } from '../../contract/source.ts';
import { RunSettings } from './run-settings.ts';
import { SettingsStore } from './settings-store.ts';

const given: SourceSpec = { kind: 'stream', url: 'rtsp://shop:s3cret@cam.local/live' };
let written: string;
let store: SettingsStore;

beforeEach(() => {
  written = '';
  store = new SettingsStore({
    folder: '/nowhere/vitrine',
    now: () => new Date(0),
    onIncident: () => {},
    write: (_, text) => {
      written = text;
    },
  });
});

describe('RunSettings', () => {
  it('goes by the source of the command line without storing it', () => {
    const settings = new RunSettings(store, given);
    expect(settings.current.source).toEqual(given);
    settings.save({ ...settings.shown, live: { ...settings.shown.live, theme: 'light' } });
    expect(settings.current.source).toEqual(given);
    expect(store.current.source).toEqual({ kind: 'demo' });
    expect(store.current.live.theme).toBe('light');
    expect(written).not.toContain('s3cret');
  });

  it('stores a source that the operator chose, and goes by it from then on', () => {
    const settings = new RunSettings(store, given);
    const { now, before } = settings.save({ ...settings.shown, source: { kind: 'camera', name: 'C270' } });
    expect(before.source).toEqual(given);
    expect(now.source).toEqual({ kind: 'camera', name: 'C270' });
    expect(store.current.source).toEqual({ kind: 'camera', name: 'C270' });
  });

  it('shows the page neither the password nor the hash of the PIN', () => {
    const settings = new RunSettings(store, given);
    expect(JSON.stringify(settings.shown)).not.toContain('s3cret');
    expect(settings.shown).not.toHaveProperty('access');
  });

  it('keeps the password of a stored stream when something else is saved', () => {
    const settings = new RunSettings(store, null);
    settings.save({ ...settings.shown, source: given });
    settings.save(settings.shown);
    expect(store.current.source).toEqual(given);
  });
});
