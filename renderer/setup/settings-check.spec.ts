import { describe, expect, it } from 'vitest';
import { publicSettingsSchema } from '../../contract/settings.ts';
import { checkSettings } from './settings-check.ts';

const good = publicSettingsSchema.parse({});
const invalid = (candidate: unknown) => [...checkSettings(candidate).invalid];

describe('checkSettings', () => {
  it('has nothing to say about the defaults', () => {
    expect(checkSettings(good)).toMatchObject({ ok: true });
  });

  it.each([
    ['url', { ...good, source: { kind: 'stream', url: 'lobby camera' } }],
    ['url', { ...good, source: { kind: 'stream', url: 'ftp://host/x' } }],
    ['camera', { ...good, source: { kind: 'camera', name: '' } }],
    ['path', { ...good, source: { kind: 'video', path: '', loop: true } }],
    ['region', { ...good, picture: { ...good.picture, regionOfInterest: { x: 0.8, y: 0, width: 0.5, height: 0.5 } } }],
    ['region', { ...good, picture: { ...good.picture, regionOfInterest: { x: 0, y: 0, width: 0.01, height: 1 } } }],
    ['smallestFace', { ...good, picture: { ...good.picture, smallestFacePx: Number.NaN } }],
    ['smallestShown', { ...good, statistics: { ...good.statistics, smallestCellShown: 4 } }],
    ['smallestExported', { ...good, statistics: { ...good.statistics, smallestCellExported: 10 } }],
    ['watcher', { ...good, statistics: { ...good.statistics, watcherMs: 50 } }],
    ['updateAddress', { ...good, update: { address: 'http://updates.example.org/' } }],
  ])('names the field %s', (field, candidate) => {
    expect(invalid(candidate)).toEqual([field]);
  });

  it('names all fields at once', () => {
    const candidate = {
      ...good,
      source: { kind: 'stream', url: '' },
      picture: { ...good.picture, smallestFacePx: 5 },
    };
    expect(invalid(candidate).sort()).toEqual(['smallestFace', 'url']);
  });
});
