import { describe, expect, it } from 'vitest';
import { type PresetName, withPreset } from '../../contract/presets.ts';
import { settingsSchema } from '../../contract/settings.ts';
import { changeFacts, settingChanges } from './setting-changes.ts';

describe('settingChanges', () => {
  const before = settingsSchema.parse({ source: { kind: 'stream', url: 'rtsp://a:s3cret@cam/1' } });

  it('names what has changed with its old and new value', () => {
    const now = { ...before, statistics: { ...before.statistics, watcherMs: 700 } };
    expect(settingChanges(before, now)).toEqual({ 'statistics.watcherMs': '500 → 700' });
    expect(settingChanges(before, before)).toEqual({});
  });

  it('tells no secret', () => {
    const now = settingsSchema.parse({
      source: { kind: 'stream', url: 'rtsp://a:other@cam/1' },
      access: { pinHash: `${'0'.repeat(32)}:${'1'.repeat(128)}` },
    });
    expect(settingChanges(before, now)).toEqual({ source: 'changed', access: 'changed' });
  });
});

describe('changeFacts', () => {
  const before = settingsSchema.parse({});
  const applied = (name: PresetName) => ({ ...before, ...withPreset(before, name) });
  const kinds = (facts: ReturnType<typeof changeFacts>) => facts.map(({ kind }) => kind);

  it('names a preset when settings begin to amount to it', () => {
    const facts = changeFacts(before, applied('counting-only'));
    expect(kinds(facts)).toEqual(['settings-changed', 'preset-applied']);
    expect(facts[1]?.details).toEqual({ preset: 'counting-only' });
  });

  it('does not name it again while it stays in force, nor a mixture of the operator', () => {
    const now = applied('counting-only');
    const later = { ...now, statistics: { ...now.statistics, watcherMs: 700 } };
    expect(kinds(changeFacts(now, later))).toEqual(['settings-changed']);
    const mixed = { ...now, live: { ...now.live, shown: { ...now.live.shown, age: true } } };
    expect(kinds(changeFacts(now, mixed))).toEqual(['settings-changed']);
    expect(changeFacts(now, now)).toEqual([]);
  });
});
