import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandLineError, ownArguments, parseCommandLine } from './command-line.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'vitrine-command-line-'));
  mkdirSync(join(cwd, 'faces'));
  for (const name of ['window.mp4', 'one.JPG', 'walk.gif', 'no-type']) writeFileSync(join(cwd, name), '');
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const parse = (...args: string[]) => parseCommandLine(args, cwd);

describe('parseCommandLine', () => {
  it('has a default for everything', () => {
    expect(parse()).toEqual({ source: null, windowed: false, dataFolder: null, supervise: null });
  });

  it('takes values in either form', () => {
    expect(parse('--source', 'demo', '--windowed', '--data-dir=data')).toEqual({
      source: { kind: 'demo' },
      windowed: true,
      dataFolder: join(cwd, 'data'),
      supervise: null,
    });
    expect(parse('--supervise').supervise).toBe(true);
    expect(parse('--no-supervise').supervise).toBe(false);
  });

  it.each([
    ['camera:HD Webcam: C270', { kind: 'camera', name: 'HD Webcam: C270' }],
    ['/dev/video0', { kind: 'camera', name: '/dev/video0' }],
    ['/dev/v4l/by-id/usb-Maker_Webcam-video-index0', { kind: 'camera', name: 'usb-Maker_Webcam-video-index0' }],
    ['/dev/v4l/by-path/pci-0-usb-0:2-video-index0', { kind: 'camera', name: 'pci-0-usb-0:2-video-index0' }],
    ['rtsp://a:b@cam.local:554/x?y=1', { kind: 'stream', url: 'rtsp://a:b@cam.local:554/x?y=1' }],
    ['http://cam.local/feed', { kind: 'stream', url: 'http://cam.local/feed' }],
  ])('knows %s', (value, expected) => {
    expect(parse('--source', value).source).toEqual(expected);
  });

  it.each([
    ['window.mp4', 'video'],
    ['walk.gif', 'video'],
    ['no-type', 'video'],
    ['faces', 'images'],
    ['one.JPG', 'images'],
  ])('takes %s for a source of kind %s, as an absolute path', (name, kind) => {
    expect(parse('--source', name).source).toMatchObject({ kind, path: join(cwd, name) });
  });

  it.each([
    [['--source'], 'needs a value'],
    [['--source', '--windowed'], 'needs a value'],
    [['--source', 'camera:'], 'name of a camera'],
    [['--source', 'ftp://host/film.mp4'], 'rtsp://'],
    [['--source', 'gone.mp4'], 'no file or folder "gone.mp4"'],
    [['--data-dir'], 'needs a folder'],
    [['--data-dir', 'window.mp4'], 'not a folder'],
    [['window.mp4'], '--source window.mp4'],
    [['--sorce', 'demo'], '--source was meant'],
    [['--windwoed'], '--windowed was meant'],
    [['--datadir=x'], '--data-dir was meant'],
  ])('refuses %j in one sentence', (args, message) => {
    expect(() => parse(...args)).toThrow(CommandLineError);
    expect(() => parse(...args)).toThrow(message);
  });

  it.each([
    ['rtsp://me:s3cret@cam/live'],
    ['--source', 'rtsp:/me:s3cret@cam/live'],
    ['--source', 'rtsp:me:s3cret@cam/live'],
    ['--source', 'rtmp://me:s3cret@cam/live'],
    ['http://cam/live?token=s3cret'],
    ['--surce=rtsp://me:s3cret@cam/live'],
  ])('never repeats a password: %s %s', (...args) => {
    const message = (() => {
      try {
        parse(...args);
      } catch (error) {
        return error instanceof CommandLineError ? error.message : 'another error';
      }
      return 'no error';
    })();
    expect(message).not.toContain('s3cret');
    expect(message).toMatch(/--source/);
  });

  it('leaves the switches of Chromium and Node.js alone', () => {
    expect(parse('--no-sandbox', '--inspect=0', '--remote-debugging-port=0', '--source', 'demo').source).toEqual({
      kind: 'demo',
    });
  });
});

describe('ownArguments', () => {
  it.each([
    [['electron', '.', '--windowed'], ['--windowed']],
    [
      ['electron', '--no-sandbox', '/app', '--windowed'],
      ['--no-sandbox', '--windowed'],
    ],
    [['electron', '--inspect=0', '/app/out/main/index.js'], ['--inspect=0']],
    [
      ['electron', '/app', '--source', '/app'],
      ['--source', '/app'],
    ],
  ])('of %j are %j', (argv, expected) => {
    expect(ownArguments(argv, false, '/app', '/app')).toEqual(expected);
  });

  it('of a packaged program are all but its name', () => {
    expect(ownArguments(['vitrine', '/app'], true, '/app', '/')).toEqual(['/app']);
  });
});
