import type { StageItem } from '../../../contract/signage.ts';
import type { LayerEvents } from '../playback/layer.ts';
import { type Content, objectFit } from './content.ts';

/** A first picture that the compositor does not tell of within this time is taken for painted. */
const firstPictureMs = 400;
const soundStepMs = 40;

/** One `<video>`, used again for every film of its layer. */
export class VideoContent implements Content {
  readonly #video = document.createElement('video');
  #ends = new AbortController();
  #events: LayerEvents | null = null;
  #playing = false;
  #soundTimer: ReturnType<typeof setInterval> | undefined;

  constructor(host: HTMLElement) {
    const video = this.#video;
    video.preload = 'auto';
    video.playsInline = true;
    video.disablePictureInPicture = true;
    video.disableRemotePlayback = true;
    video.hidden = true;
    host.append(video);
  }

  prepare(item: StageItem, offsetMs: number, events: LayerEvents): void {
    this.#ends.abort();
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    this.#events = events;
    const video = this.#video;
    video.hidden = false;
    video.style.objectFit = objectFit(item);
    video.loop = item.loop;
    video.muted = item.volume === 0;
    video.volume = item.volume;
    video.addEventListener('error', () => events.failed('unplayable'), { signal });
    video.addEventListener('ended', () => events.ended(), { signal });
    // Nobody here pauses films: a media key of a keyboard did, or the system.
    video.addEventListener('pause', () => this.#playing && !video.ended && this.#start(signal), { signal });
    video.addEventListener('canplay', () => void this.#becomeReady(offsetMs, events, signal), { signal, once: true });
    video.src = item.url ?? '';
    video.load();
  }

  play(): void {
    this.#playing = true;
    this.#start(this.#ends.signal);
  }

  fadeSound(ms: number): void {
    const video = this.#video;
    clearInterval(this.#soundTimer);
    if (video.muted || ms <= 0) return;
    const step = (video.volume * soundStepMs) / ms;
    this.#soundTimer = setInterval(() => {
      video.volume = Math.max(0, video.volume - step);
      if (video.volume === 0) clearInterval(this.#soundTimer);
    }, soundStepMs);
  }

  position(): number | null {
    return this.#playing && !this.#video.ended ? this.#video.currentTime * 1000 : null;
  }

  /** Without `load()` the decoder and its buffers would stay until the element is used again. */
  release(): void {
    this.#ends.abort();
    clearInterval(this.#soundTimer);
    this.#events = null;
    this.#playing = false;
    const video = this.#video;
    if (!video.hasAttribute('src')) return;
    video.hidden = true;
    video.pause();
    video.removeAttribute('src');
    video.load();
  }

  async #becomeReady(offsetMs: number, events: LayerEvents, signal: AbortSignal): Promise<void> {
    const video = this.#video;
    const lengthMs = Number.isFinite(video.duration) ? video.duration * 1000 : null;
    if (offsetMs > 0 && lengthMs) {
      const at = video.loop ? offsetMs % lengthMs : Math.min(offsetMs, lengthMs - 1);
      await until(video, 'seeked', firstPictureMs * 4, () => {
        video.currentTime = at / 1000;
      });
    }
    await firstPicture(video);
    if (!signal.aborted) events.ready(lengthMs);
  }

  /** With sound if the system lets it, without if that is how it plays at all. */
  #start(signal: AbortSignal): void {
    const video = this.#video;
    video.play().catch(async () => {
      if (signal.aborted) return;
      video.muted = true;
      await video.play().catch(() => signal.aborted || this.#events?.failed('unplayable'));
    });
  }
}

function firstPicture(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, firstPictureMs);
    video.requestVideoFrameCallback(() => {
      clearTimeout(late);
      resolve();
    });
  });
}

function until(video: HTMLVideoElement, event: 'seeked', atMostMs: number, act: () => void): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, atMostMs);
    video.addEventListener(
      event,
      () => {
        clearTimeout(late);
        resolve();
      },
      { once: true },
    );
    act();
  });
}
