import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../contract/settings.ts';
import { settingChanges } from './setting-changes.ts';

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
