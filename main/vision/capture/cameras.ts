import { readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Demuxer, DeviceAPI } from 'node-av/api';
import type { CameraInfo, CameraMode, SourceSpec } from '../../../contract/source.ts';
import type { Feed } from './feed.ts';
import { MediaReader } from './media-reader.ts';
import type { Turn } from './picture-turn.ts';

type CameraSpec = Extract<SourceSpec, { kind: 'camera' }>;

interface Camera {
  /** Stable over plugging and restarts. */
  readonly name: string;
  readonly label: string;
  /** What the system calls it right now. */
  readonly device: string;
}

/** Linux keeps a link per camera that is named after its maker, model and serial number. */
const linksById = '/dev/v4l/by-id';
const mostModes = 64;

/** The cameras that are plugged in, with the modes that they offer (largest first). */
export async function listCameras(): Promise<readonly CameraInfo[]> {
  const cameras = await findCameras();
  return Promise.all(cameras.map(async ({ name, label, device }) => ({ name, label, modes: await modesOf(device) })));
}

/** @throws Error when it is not plugged in, not allowed or in use */
export async function openCamera(spec: CameraSpec, turn: Turn): Promise<Feed> {
  const cameras = await findCameras();
  const camera =
    cameras.find(({ name }) => name === spec.name) ??
    cameras.find(({ label, device }) => label === spec.name || device === spec.name);
  if (!camera) throw new Error('The camera is not plugged in.');
  const wanted = closestMode(await modesOf(camera.device), spec);
  const demuxer = await open(camera.device, wanted);
  return new CameraFeed(await MediaReader.over(demuxer, { turn, threads: 1 }));
}

/**
 * The mode that comes closest to what is wanted (720p at 30 fps unless the settings say otherwise): first the size, then
 * the rate. Null where the camera names no modes.
 */
export function closestMode(
  modes: readonly CameraMode[],
  wanted: Pick<CameraSpec, 'width' | 'height' | 'framesPerSecond'>,
): CameraMode | null {
  const { width = 1280, height = 720, framesPerSecond = 30 } = wanted;
  const distance = (mode: CameraMode) =>
    Math.abs(Math.log((mode.width * mode.height) / (width * height))) +
    Math.abs(Math.log(mode.width / mode.height / (width / height))) +
    0.5 * Math.max(0, Math.log(framesPerSecond / mode.framesPerSecond)) +
    (0.01 * Math.abs(mode.framesPerSecond - framesPerSecond)) / framesPerSecond;
  return modes.reduce<CameraMode | null>(
    (best, mode) => (best && distance(best) <= distance(mode) ? best : mode),
    null,
  );
}

async function open(device: string, mode: CameraMode | null): Promise<Demuxer> {
  if (!mode) return DeviceAPI.openCamera({ videoDevice: device });
  try {
    return await DeviceAPI.openCamera({
      videoDevice: device,
      width: mode.width,
      height: mode.height,
      frameRate: mode.framesPerSecond,
    });
  } catch {
    // A driver that refuses what it offered itself still gives its own choice.
    return DeviceAPI.openCamera({ videoDevice: device });
  }
}

async function findCameras(): Promise<readonly Camera[]> {
  const devices = (await DeviceAPI.list()).filter(({ type }) => type === 'video');
  const stable = process.platform === 'linux' ? await stableNames() : new Map<string, string>();
  return devices.map(({ name, description }) => ({
    name: stable.get(name) ?? (process.platform === 'linux' ? description || name : name),
    label: description || basename(name),
    device: name,
  }));
}

/** From `/dev/videoN` to the name of its link. */
async function stableNames(): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const link of await readdir(linksById).catch(() => [])) {
    const device = await realpath(join(linksById, link)).catch(() => null);
    if (device) names.set(device, link);
  }
  return names;
}

async function modesOf(device: string): Promise<readonly CameraMode[]> {
  const modes = await DeviceAPI.modes(device).catch(() => []);
  const seen = new Map<string, CameraMode>();
  for (const { width, height, maxFrameRate } of modes) {
    const mode = { width, height, framesPerSecond: Math.round(maxFrameRate * 100) / 100 };
    if (mode.framesPerSecond > 0) seen.set(`${width}x${height}@${mode.framesPerSecond}`, mode);
  }
  return [...seen.values()].slice(0, mostModes);
}

class CameraFeed implements Feed {
  private readonly reader: MediaReader;

  constructor(reader: MediaReader) {
    this.reader = reader;
  }

  get framesPerSecond(): number {
    return this.reader.framesPerSecond;
  }

  async next() {
    const picture = await this.reader.read();
    return (
      picture && { frame: picture.frame, timeMs: picture.mediaMs ?? performance.now(), decodeMs: picture.decodeMs }
    );
  }

  interrupt(): void {
    this.reader.interrupt();
  }

  close(): Promise<void> {
    return this.reader.close();
  }
}
