import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from './log.ts';
import { redact } from './redact.ts';
import { rotate } from './rotation.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('redact', () => {
  it('takes out passwords and the account name', () => {
    expect(redact('open rtsp://shop:s3cret@10.0.0.7/live failed')).toBe('open rtsp://10.0.0.7/live failed');
    expect(redact('rtsp://a:p@ss@cam/x')).toBe('rtsp://cam/x');
    expect(redact('cannot read /home/anna/clips/a.mp4', '/home/anna')).toBe('cannot read ~/clips/a.mp4');
  });

  it('leaves ordinary text alone', () => {
    expect(redact('http://cam.local/feed, mail a@b', '/')).toBe('http://cam.local/feed, mail a@b');
  });
});

describe('rotate', () => {
  it('keeps so many files and no more', () => {
    const path = join(folder, 'vitrine.log');
    for (let round = 1; round <= 6; round += 1) {
      writeFileSync(path, `round ${round}`);
      rotate(path, 3);
    }
    expect(readdirSync(folder).sort()).toEqual(['vitrine.log.1', 'vitrine.log.2', 'vitrine.log.3']);
    expect(readFileSync(`${path}.1`, 'utf8')).toBe('round 6');
    expect(readFileSync(`${path}.3`, 'utf8')).toBe('round 4');
  });
});

describe('openLog', () => {
  it('writes a sentence and its detail, without secrets, into the data folder', () => {
    const log = openLog(folder);
    log('info', 'The source was opened.', `rtsp://a:b@cam/ from ${homedir()}/x`);
    const text = readFileSync(join(folder, 'logs', 'vitrine.log'), 'utf8');
    expect(text).toContain('[info]');
    expect(text).toContain('The source was opened. (rtsp://cam/ from ~/x)');
  });

  it('keeps long passwords and tokens out, also where a line is cut', () => {
    const log = openLog(folder);
    log('warn', 'Long.', `rtsp://me:${'s3cret'.repeat(200)}@cam/live`);
    log('warn', 'Token.', 'http://cam/live?token=s3cret');
    for (let before = 3_460; before < 3_500; before += 3)
      log('warn', 'Cut.', `${'x'.repeat(before)} rtsp://me:s3cret@cam/`);
    expect(readFileSync(join(folder, 'logs', 'vitrine.log'), 'utf8')).not.toContain('s3cre');
  });

  it('stays bounded', () => {
    const log = openLog(folder, { maxBytes: 10_000 });
    for (let count = 0; count < 100; count += 1) log('info', 'x'.repeat(10_000));
    const files = readdirSync(join(folder, 'logs'));
    expect(files.length).toBeLessThanOrEqual(5);
    expect(existsSync(join(folder, 'logs', 'vitrine.log.1'))).toBe(true);
    const bytes = files.map((name) => readFileSync(join(folder, 'logs', name)).length);
    expect(Math.max(...bytes)).toBeLessThan(15_000);
  });
});
