import type { StageItem } from '../../../contract/signage.ts';
import type { LayerEvents } from '../playback/layer.ts';
import type { Content } from './content.ts';

/** What a page is told when it comes on screen, so that it can begin its animation then. */
export const shownMessage = 'vitrine:shown';

/** Between the end of loading and the first picture of a page that is drawn by another process. */
const paintMs = 150;

/**
 * A local page in a frame without rights: scripts run, but in an origin of its own, without network (its content
 * security policy), focus, pointer or a way to lead the kiosk elsewhere. The frame is made anew for each page, because
 * a frame that is used again keeps a history and its process.
 */
export class HtmlContent implements Content {
  readonly #host: HTMLElement;
  #frame: HTMLIFrameElement | null = null;
  #paintTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  prepare(item: StageItem, _offsetMs: number, events: LayerEvents): void {
    this.release();
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.setAttribute('allow', '');
    frame.setAttribute('referrerpolicy', 'no-referrer');
    frame.setAttribute('aria-hidden', 'true');
    frame.tabIndex = -1;
    // Takes focus and pointer from everything in it: taps reach the set-up gesture, keys the chord.
    frame.inert = true;
    frame.addEventListener(
      'load',
      () => {
        this.#paintTimer = setTimeout(() => frame === this.#frame && events.ready(null), paintMs);
      },
      { once: true },
    );
    frame.src = item.url ?? '';
    this.#frame = frame;
    this.#host.append(frame);
  }

  play(): void {
    // Its origin is opaque, so there is no other way to name it; the message says nothing that would be secret.
    this.#frame?.contentWindow?.postMessage(shownMessage, '*');
  }

  fadeSound(): void {}

  position(): null {
    return null;
  }

  release(): void {
    clearTimeout(this.#paintTimer);
    this.#frame?.remove();
    this.#frame = null;
  }
}
