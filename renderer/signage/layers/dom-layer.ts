import type { StageItem } from '../../../contract/signage.ts';
import type { Layer, LayerEvents, Transition } from '../playback/layer.ts';
import type { Content } from './content.ts';
import type { DecodedPictures } from './decoded-pictures.ts';
import { ElementMotion } from './element-motion.ts';
import { HtmlContent } from './html-content.ts';
import { ImageContent } from './image-content.ts';
import { VideoContent } from './video-content.ts';

/** A layer in the page. Its elements are made once and used for every item that comes. */
export class DomLayer implements Layer {
  readonly #element: HTMLElement;
  readonly #motion: ElementMotion;
  readonly #contents: Readonly<Record<'image' | 'video' | 'html', Content>>;
  #content: Content | null = null;

  constructor(element: HTMLElement, decoded: DecodedPictures) {
    this.#element = element;
    this.#motion = new ElementMotion(element);
    this.#contents = {
      image: new ImageContent(element, decoded),
      video: new VideoContent(element),
      html: new HtmlContent(element),
    };
  }

  load(item: StageItem, offsetMs: number, events: LayerEvents): void {
    this.clear();
    if (item.kind === 'built-in') throw new RangeError('the built-in slide lies below the layers');
    // For tests and for whoever inspects the page; the audience never sees it.
    this.#element.dataset.item = item.id;
    this.#content = this.#contents[item.kind];
    this.#content.prepare(item, offsetMs, events);
  }

  enter(transition: Transition): void {
    this.#element.dataset.shown = '';
    this.#motion.enter(transition);
    this.#content?.play();
  }

  leave(transition: Transition): void {
    this.#motion.leave(transition);
    this.#content?.fadeSound(transition.ms);
  }

  uncover(ms: number): void {
    this.#motion.uncover(ms);
    this.#content?.fadeSound(ms);
  }

  clear(): void {
    delete this.#element.dataset.shown;
    delete this.#element.dataset.item;
    this.#motion.hide();
    this.#content?.release();
    this.#content = null;
  }

  position(): number | null {
    return this.#content?.position() ?? null;
  }
}
