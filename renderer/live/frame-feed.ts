import type { FrameResult, PreviewPicture } from '../../contract/frame-result.ts';
import { previewPortMessage } from '../../contract/ipc.ts';
import { bridge } from '../bridge.ts';

type Listener<Payload> = (payload: Payload) => void;

/**
 * Results and pictures for whoever draws them. There is one feed for the page, because pictures come on one port;
 * the last stage that asked for pictures decides their height.
 */
export class FrameFeed {
  readonly #resultListeners = new Set<Listener<FrameResult>>();
  readonly #pictureListeners = new Set<Listener<PreviewPicture>>();
  #port: MessagePort | null = null;

  /** @returns a function that ends the feed */
  connect(): () => void {
    const end = bridge().on('frame-result', (result) => {
      // Nobody draws (set-up covers the live view): say so at once, or main takes the page for frozen.
      if (this.#resultListeners.size === 0) bridge().drawn(result.sequence);
      for (const listener of this.#resultListeners) listener(result);
    });
    window.addEventListener('message', this.#takePort);
    return () => {
      end();
      window.removeEventListener('message', this.#takePort);
      this.#port?.close();
    };
  }

  /** @returns a function that ends the subscription */
  onResult(listener: Listener<FrameResult>): () => void {
    this.#resultListeners.add(listener);
    return () => this.#resultListeners.delete(listener);
  }

  /** @returns a function that ends the subscription */
  onPicture(listener: Listener<PreviewPicture>): () => void {
    this.#pictureListeners.add(listener);
    return () => this.#pictureListeners.delete(listener);
  }

  readonly #takePort = (event: MessageEvent<unknown>): void => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== previewPortMessage || !port) return;
    this.#port?.close();
    this.#port = port;
    port.onmessage = (message: MessageEvent<PreviewPicture>) => {
      for (const listener of this.#pictureListeners) listener(message.data);
    };
  };
}

export const frameFeed = new FrameFeed();
