import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Encoder, FilterAPI } from 'node-av/api';
import { AVCOL_RANGE_JPEG, FF_ENCODER_MJPEG } from 'node-av/constants';
import { Rational } from 'node-av/lib';
import { openFile } from '../../../main/vision/capture/video-feed.ts';
import { hasSystemPackages } from '../../../scripts/setup/system-libraries.mjs';

const source = fileURLToPath(new URL('./stand-in.c', import.meta.url));

/** Whether a camera can be stood in for here: it is compiled, and it speaks Linux. */
export function canStandInForCamera(): boolean {
  return process.platform === 'linux' && hasSystemPackages('compiler');
}

/**
 * A webcam that is not there, made of a film: a process started with its `environment` finds it, opens it and reads it by the
 * calls of the operating system, and cannot tell it from a real one (see stand-in.c).
 */
export class CameraStandIn {
  static readonly label = 'Stand-in camera';
  /** As Linux names its link. */
  static readonly stableName = 'usb-Vitrine_Stand-in_camera_0001-video-index0';
  /** Largest first. */
  static readonly modes = [
    { width: 1280, height: 720, framesPerSecond: 30 },
    { width: 640, height: 480, framesPerSecond: 30 },
  ] as const;
  readonly #folder: string;
  readonly #library: string;
  #node = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#library = join(folder, 'stand-in.so');
  }

  /**
   * @param folder to make it in
   * @param film 1280x720, of which the camera shows one second again and again
   * @param fromSecond where that second begins
   */
  static async make(folder: string, film: string, fromSecond: number): Promise<CameraStandIn> {
    const camera = new CameraStandIn(folder);
    for (const name of ['jpeg', 'yuyv', 'dev/v4l/by-id', 'sys/class/video4linux']) {
      mkdirSync(join(folder, name), { recursive: true });
    }
    execFileSync('gcc', ['-O1', '-shared', '-fPIC', '-o', camera.#library, source, '-ldl'], { stdio: 'pipe' });
    await camera.#record(film, fromSecond);
    return camera;
  }

  /** For the process that shall find the camera. */
  get environment(): Record<string, string> {
    return { LD_PRELOAD: this.#library, VITRINE_CAMERA_STAND_IN: this.#folder };
  }

  /** @param node N of /dev/videoN, which the system may choose anew each time */
  plugIn(node = 0): void {
    this.#node = node;
    const description = this.#at(`sys/class/video4linux/video${node}`);
    mkdirSync(description);
    writeFileSync(join(description, 'name'), `${CameraStandIn.label}\n`);
    writeFileSync(join(description, 'index'), '0\n');
    writeFileSync(this.#at(`dev/video${node}`), '');
    symlinkSync(`../../video${node}`, this.#at(`dev/v4l/by-id/${CameraStandIn.stableName}`));
  }

  pullOut(): void {
    rmSync(this.#at(`dev/v4l/by-id/${CameraStandIn.stableName}`));
    rmSync(this.#at(`dev/video${this.#node}`));
    rmSync(this.#at(`sys/class/video4linux/video${this.#node}`), { recursive: true });
  }

  /** While it is, it stays plugged in, and no picture comes. */
  set isSilent(silent: boolean) {
    this.#mark('silent', silent);
  }

  /** While it is, another program has it. */
  set isTaken(taken: boolean) {
    this.#mark('busy', taken);
  }

  #mark(name: string, holds: boolean): void {
    if (holds) writeFileSync(this.#at(name), '');
    else rmSync(this.#at(name), { force: true });
  }

  #at(name: string): string {
    return join(this.#folder, name);
  }

  async #record(film: string, fromSecond: number): Promise<void> {
    const reader = await openFile(film, { turn: { rotate: 0, mirror: false }, threads: 1 });
    using jpeg = FilterAPI.create('scale=out_range=pc,format=yuv422p', {});
    using raw = FilterAPI.create('scale=640:480,format=yuyv422', {});
    using encoder = await Encoder.create(FF_ENCODER_MJPEG, {
      context: { timeBase: new Rational(1, 25), colorRange: AVCOL_RANGE_JPEG, qMin: 3, qMax: 3 },
    });
    const end = Math.round(reader.framesPerSecond * (fromSecond + 1));
    let written = 0;
    for (let number = 0; number < end; number++) {
      const picture = await reader.read();
      if (!picture) break;
      using frame = picture.frame;
      if (number < end - Math.round(reader.framesPerSecond)) continue;
      frame.timeBase = new Rational(1, 25);
      frame.pts = BigInt(written);
      for (const converted of await raw.processAll(frame)) {
        writeFileSync(this.#at(`yuyv/${written}.raw`), converted.toBuffer());
        converted.free();
      }
      for (const converted of await jpeg.processAll(frame)) {
        for (const packet of await encoder.encodeAll(converted)) {
          writeFileSync(this.#at(`jpeg/${written}.jpg`), packet.data ?? '');
          packet.free();
        }
        converted.free();
      }
      written++;
    }
    await reader.close();
    if (!existsSync(this.#at('jpeg/0.jpg'))) throw new Error(`${film} gave the camera no picture`);
  }
}
