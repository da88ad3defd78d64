import type { StageItem } from '../../../contract/signage.ts';
import type { LayerEvents } from '../playback/layer.ts';
import { type Content, objectFit } from './content.ts';
import type { DecodedPictures } from './decoded-pictures.ts';

/** One `<img>`, used again for every picture of its layer. */
export class ImageContent implements Content {
  readonly #image = new Image();
  readonly #decoded: DecodedPictures;
  #turn = 0;

  constructor(host: HTMLElement, decoded: DecodedPictures) {
    this.#decoded = decoded;
    this.#image.alt = '';
    this.#image.draggable = false;
    // Otherwise Chromium may paint a large picture a moment after everything else.
    this.#image.decoding = 'sync';
    this.#image.hidden = true;
    host.append(this.#image);
  }

  prepare(item: StageItem, _offsetMs: number, events: LayerEvents): void {
    this.#turn += 1;
    const turn = this.#turn;
    const image = this.#image;
    image.hidden = false;
    image.style.objectFit = objectFit(item);
    image.src = item.url ?? '';
    image.decode().then(
      () => {
        this.#decoded.decoded(image.naturalWidth, image.naturalHeight);
        if (turn === this.#turn) events.ready(null);
      },
      () => turn === this.#turn && events.failed('unplayable'),
    );
  }

  play(): void {}

  fadeSound(): void {}

  position(): null {
    return null;
  }

  release(): void {
    this.#turn += 1;
    this.#image.hidden = true;
    this.#image.removeAttribute('src');
    this.#decoded.released();
  }
}
