import { describe, expect, it } from 'vitest';
import { presetNames, presetOf, presets, withPreset } from './presets.ts';
import { publicSettingsSchema } from './settings.ts';

const settings = publicSettingsSchema.parse({});

describe('privacy presets', () => {
  it.each(presetNames)('%s gives valid settings that are recognised as itself', (name) => {
    const changed = withPreset(settings, name);
    expect(publicSettingsSchema.parse(changed)).toEqual(changed);
    expect(presetOf(changed)).toBe(name);
  });

  it('counts no attribute at all where only people are counted, and never expression unless for research', () => {
    expect(Object.values(presets['counting-only'].counted)).not.toContain(true);
    expect(presets['no-expression'].counted).toEqual({ ...presets.everything.counted, expression: false });
    expect(presetNames.filter((name) => presets[name].counted.expression)).toEqual(['everything']);
  });

  it('leaves thresholds and everything else alone', () => {
    const strict = { ...settings, statistics: { ...settings.statistics, smallestCellExported: 30, watcherMs: 900 } };
    const { statistics, ...rest } = withPreset(strict, 'everything');
    expect(statistics).toMatchObject({ smallestCellExported: 30, watcherMs: 900 });
    expect({ ...rest, live: { ...rest.live, shown: strict.live.shown } }).toEqual(
      Object.fromEntries(Object.entries(strict).filter(([key]) => key !== 'statistics')),
    );
  });

  it('knows a mixture, and statistics switched off, for no preset', () => {
    const mixed = withPreset(settings, 'everything');
    mixed.statistics.counted.smile = false;
    expect(presetOf(mixed)).toBeNull();
    const off = withPreset(settings, 'counting-only');
    off.statistics.enabled = false;
    expect(presetOf(off)).toBeNull();
  });
});
