import { describe, expect, it } from 'vitest';
import { sourceLabel, withoutCredentials } from './source-label.ts';

describe('sourceLabel', () => {
  it('names the host of a stream, never its credentials, path or query', () => {
    const url = 'rtsp://operator:s3cret@camera.example:8554/live?token=abc';
    expect(sourceLabel({ kind: 'stream', url })).toBe('camera.example:8554');
  });

  it('names files and folders without their path', () => {
    expect(sourceLabel({ kind: 'video', path: '/home/jane/clips/shop.mp4', loop: true })).toBe('shop.mp4');
    expect(sourceLabel({ kind: 'images', path: '/home/jane/pictures/' })).toBe('pictures');
  });

  it('makes a readable name of a camera link', () => {
    const name = 'usb-046d_HD_Pro_Webcam_C920_8B2F4D6F-video-index0';
    expect(sourceLabel({ kind: 'camera', name })).toBe('HD Pro Webcam C920');
    expect(sourceLabel({ kind: 'camera', name: 'Integrated Camera' })).toBe('Integrated Camera');
  });
});

describe('withoutCredentials', () => {
  it('takes user, password and query out of a message', () => {
    const message = 'Failed to open rtsp://me:p@ss@10.0.0.7/live?key=1: timed out';
    expect(withoutCredentials(message)).toBe('Failed to open rtsp://10.0.0.7/live timed out');
    expect(withoutCredentials('https://me@host/x failed')).toBe('https://host/x failed');
  });

  it('leaves other messages alone', () => {
    expect(withoutCredentials('No such device')).toBe('No such device');
  });
});
