import { access, constants, readdir, readFile, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DeviceAPI } from 'node-av/api';
import { AV_PIX_FMT_NONE } from 'node-av/constants';
import type { CameraInfo, CameraMode, SourceSpec } from '../../../contract/source.ts';
import { type CameraOffer, openDevice } from './camera-device.ts';
import type { Feed } from './feed.ts';
import { MediaReader } from './media-reader.ts';
import type { Medium } from './medium.ts';
import type { Turn } from './picture-turn.ts';

type CameraSpec = Extract<SourceSpec, { kind: 'camera' }>;

interface Camera {
  /** Stable over plugging and restarts. */
  readonly name: string;
  readonly label: string;
  /** What the system calls it right now. */
  readonly device: string;
  /** Linux's links that lead to it right now; it may have been chosen under one of them before it had a twin. */
  readonly links?: readonly string[];
}

type WantedMode = Pick<CameraSpec, 'width' | 'height' | 'framesPerSecond'>;

const usualMode: CameraMode = { width: 1280, height: 720, framesPerSecond: 30 };
const sysfs = '/sys/class/video4linux';
/** Linux keeps a link per camera that is named after its maker, model and serial number, and one after its socket. */
const linksById = '/dev/v4l/by-id';
const linksByPath = '/dev/v4l/by-path';
const mostModes = 64;

/** The cameras that are plugged in, with the modes that they offer (largest first). */
export async function listCameras(): Promise<readonly CameraInfo[]> {
  const cameras = await findCameras();
  return Promise.all(
    cameras.map(async ({ name, label, device }) => ({ name, label, modes: modesOf(await offersOf(device)) })),
  );
}

/** @throws Error when it is not plugged in, not allowed or in use */
export async function openCamera(spec: CameraSpec, turn: Turn): Promise<Feed> {
  const cameras = await findCameras();
  const known = ({ label, device, links = [] }: Camera) => [label, device, ...links].includes(spec.name);
  const camera = cameras.find(({ name }) => name === spec.name) ?? cameras.find(known);
  if (!camera) throw new Error('The camera is not plugged in.');
  await checkAccess(camera.device);
  const medium = await open(camera.device, closestOffer(await offersOf(camera.device), spec), spec);
  return new CameraFeed(await MediaReader.over(medium, { turn, threads: 1 }));
}

/**
 * The offer that comes closest to what is wanted (720p at 30 fps unless the settings say otherwise): first the size, then
 * the rate; uncompressed where that makes no difference. Null where the camera names none.
 */
export function closestOffer<Offer extends CameraOffer>(offers: readonly Offer[], wanted: WantedMode): Offer | null {
  const { width, height, framesPerSecond } = { ...usualMode, ...withoutUndefined(wanted) };
  const distance = (offer: Offer) =>
    Math.abs(Math.log((offer.width * offer.height) / (width * height))) +
    Math.abs(Math.log(offer.width / offer.height / (width / height))) +
    0.5 * Math.max(0, Math.log(framesPerSecond / offer.framesPerSecond)) +
    (offer.pixelFormat === null ? 0.01 : 0);
  return offers.reduce<Offer | null>((best, next) => (best && distance(best) <= distance(next) ? best : next), null);
}

function withoutUndefined(wanted: WantedMode): Partial<CameraMode> {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => typeof value === 'number'));
}

async function open(device: string, offer: CameraOffer | null, wanted: WantedMode): Promise<Medium> {
  if (!offer) return openDevice(device, null);
  // Many cameras can do more frames a second than anyone looks at.
  const framesPerSecond = Math.min(offer.framesPerSecond, wanted.framesPerSecond ?? usualMode.framesPerSecond);
  try {
    return await openDevice(device, { ...offer, framesPerSecond });
  } catch {
    // A driver that refuses what it offered itself still gives its own choice.
    return openDevice(device, null);
  }
}

/** @throws Error that says what to do where this user may not open it */
async function checkAccess(device: string): Promise<void> {
  if (process.platform !== 'linux') return;
  await access(device, constants.R_OK | constants.W_OK).catch(() => {
    throw new Error('Permission denied: this user may not open the camera; add the user to the group "video".');
  });
}

async function findCameras(): Promise<readonly Camera[]> {
  if (process.platform === 'linux') return linuxCameras();
  const devices = (await DeviceAPI.list()).filter(({ type }) => type === 'video');
  return devices.map(({ name, description }) => ({ name, label: description || basename(name), device: name }));
}

/**
 * From sysfs, where also those are listed that this user may not open, and without touching sound cards and screens. A
 * camera's further nodes (metadata) have an index above 0.
 */
async function linuxCameras(): Promise<readonly Camera[]> {
  const nodes = (await readdir(sysfs).catch(() => [])).filter((node) => /^video\d+$/.test(node)).sort();
  const found = await Promise.all(
    nodes.map(async (node) => {
      const read = async (file: string) => (await readFile(join(sysfs, node, file), 'utf8').catch(() => '')).trim();
      if (Number(await read('index')) > 0) return null;
      return { label: (await read('name')) || node, device: join('/dev', node) };
    }),
  );
  const cameras = found.filter((camera) => camera !== null);
  return namedCameras(cameras, await linksIn(linksById), await linksIn(linksByPath));
}

/**
 * Gives each camera a name that stays. Cameras of one model without serial numbers share a link, which then leads to one of
 * them by chance: they are told apart by their sockets.
 *
 * @param byId from the device to the link that is named after the camera
 * @param byPath to the one that is named after its socket
 */
export function namedCameras(
  cameras: readonly Pick<Camera, 'label' | 'device'>[],
  byId: ReadonlyMap<string, string>,
  byPath: ReadonlyMap<string, string>,
): readonly Camera[] {
  return cameras.map((camera) => {
    const twins = cameras.filter(({ label }) => label === camera.label);
    const areMixedUp = twins.length > 1 && twins.some(({ device }) => !byId.has(device));
    const [own, socket] = [byId.get(camera.device), byPath.get(camera.device)];
    const name = areMixedUp ? (socket ?? camera.device) : (own ?? camera.label);
    return { ...camera, name, links: [own, socket].filter((link) => link !== undefined) };
  });
}

/** From `/dev/videoN` to the name of its link in this folder. */
async function linksIn(folder: string): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const link of await readdir(folder).catch(() => [])) {
    const device = await realpath(join(folder, link)).catch(() => null);
    if (device) names.set(device, link);
  }
  return names;
}

async function offersOf(device: string): Promise<readonly CameraOffer[]> {
  const modes = await DeviceAPI.modes(device).catch(() => []);
  return modes
    .filter(({ maxFrameRate }) => maxFrameRate > 0)
    .map(({ width, height, maxFrameRate, pixelFormat }) => ({
      width,
      height,
      framesPerSecond: Math.round(maxFrameRate * 100) / 100,
      pixelFormat: pixelFormat === AV_PIX_FMT_NONE ? null : pixelFormat,
    }));
}

/** Sizes and rates, each once. */
function modesOf(offers: readonly CameraOffer[]): readonly CameraMode[] {
  const seen = new Map<string, CameraMode>();
  for (const { width, height, framesPerSecond } of offers) {
    const key = `${width}x${height}`;
    if ((seen.get(key)?.framesPerSecond ?? 0) < framesPerSecond) seen.set(key, { width, height, framesPerSecond });
  }
  return [...seen.values()].slice(0, mostModes);
}

class CameraFeed implements Feed {
  readonly skipped = 0;
  private readonly reader: MediaReader;

  constructor(reader: MediaReader) {
    this.reader = reader;
  }

  get framesPerSecond(): number {
    return this.reader.framesPerSecond;
  }

  async next() {
    const picture = await this.reader.read();
    return picture && { frame: picture.frame, timeMs: picture.mediaMs, decodeMs: picture.decodeMs };
  }

  interrupt(): void {
    this.reader.interrupt();
  }

  close(): Promise<void> {
    return this.reader.close();
  }
}
