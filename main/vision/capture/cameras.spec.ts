import { AV_PIX_FMT_YUYV422 } from 'node-av/constants';
import { describe, expect, it } from 'vitest';
import type { CameraOffer } from './camera-device.ts';
import { closestOffer, namedCameras } from './cameras.ts';

const raw = (width: number, height: number, framesPerSecond: number): CameraOffer => ({
  width,
  height,
  framesPerSecond,
  pixelFormat: AV_PIX_FMT_YUYV422,
});
const compressed = (width: number, height: number, framesPerSecond: number): CameraOffer => ({
  ...raw(width, height, framesPerSecond),
  pixelFormat: null,
});

/** What a usual USB webcam offers. */
const webcam = [
  compressed(1920, 1080, 30),
  raw(1920, 1080, 5),
  compressed(1280, 720, 60),
  raw(1280, 720, 10),
  compressed(640, 480, 30),
  raw(640, 480, 30),
];

describe('closestOffer', () => {
  it('takes 720p where nothing is wanted, compressed where only that is fast enough', () => {
    expect(closestOffer(webcam, {})).toEqual(compressed(1280, 720, 60));
  });

  it('takes the size that is wanted, uncompressed where that is as fast', () => {
    expect(closestOffer(webcam, { width: 1920, height: 1080 })).toEqual(compressed(1920, 1080, 30));
    expect(closestOffer(webcam, { width: 640, height: 480 })).toEqual(raw(640, 480, 30));
    expect(closestOffer(webcam, { framesPerSecond: 10 })).toEqual(raw(1280, 720, 10));
  });

  it('takes the nearest size of a camera that cannot do the wanted one', () => {
    expect(closestOffer(webcam, { width: 3840, height: 2160 })).toEqual(compressed(1920, 1080, 30));
    expect(closestOffer(webcam.slice(5), {})).toEqual(raw(640, 480, 30));
  });

  it('leaves the choice to a camera that names no modes', () => {
    expect(closestOffer([], {})).toBeNull();
  });
});

describe('namedCameras', () => {
  const cameras = [
    { label: 'HD Webcam', device: '/dev/video0' },
    { label: 'HD Webcam', device: '/dev/video2' },
    { label: 'Other', device: '/dev/video4' },
  ];
  const sockets = new Map([
    ['/dev/video0', 'usb-0:1'],
    ['/dev/video2', 'usb-0:2'],
    ['/dev/video4', 'usb-0:3'],
  ]);
  const names = (...given: Parameters<typeof namedCameras>) => namedCameras(...given).map(({ name }) => name);

  it('calls each after its maker, model and serial number', () => {
    const links = new Map([
      ['/dev/video0', 'usb-Maker_1'],
      ['/dev/video2', 'usb-Maker_2'],
    ]);
    expect(names(cameras, links, sockets)).toEqual(['usb-Maker_1', 'usb-Maker_2', 'Other']);
  });

  it('tells two of one model that share a link apart by their sockets', () => {
    const links = new Map([['/dev/video2', 'usb-Maker']]);
    expect(names(cameras, links, sockets)).toEqual(['usb-0:1', 'usb-0:2', 'Other']);
    expect(names(cameras, links, new Map())).toEqual(['/dev/video0', '/dev/video2', 'Other']);
  });
});
