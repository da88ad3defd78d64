import type { EngineCommand, EngineEvent } from '../../contract/engine.ts';
import type { PictureOutlet } from './picture-feed.ts';
import { PictureFeed } from './picture-feed.ts';

/**
 * What the host says to the engine's process about pictures, beside the engine's own commands. `pictures-open` comes
 * with the port to the page; sequences are those that the page knows, which `sequenceBase` adds to the engine's own.
 */
export type PictureMessage =
  | { readonly type: 'pictures-open'; readonly sequenceBase: number }
  | { readonly type: 'pictures-drawn'; readonly sequence: number };

/** A port that came with a message: Electron's MessagePortMain, as far as it is used. */
export interface PicturePort extends PictureOutlet {
  on(event: 'close', listener: () => void): unknown;
  start(): void;
}

/** The port of an Electron utility process, as far as it is used: https://www.electronjs.org/docs/latest/api/parent-port */
export interface UtilityPort {
  on(event: 'message', listener: (event: UtilityMessage) => void): unknown;
  postMessage(message: EngineEvent): void;
}

export interface UtilityMessage {
  readonly data: EngineCommand | PictureMessage;
  readonly ports?: readonly PicturePort[];
}

/** The port as the engine knows it: without any of this. */
export interface EngineSideOfUtilityPort {
  on(event: 'message', listener: (event: { readonly data: EngineCommand }) => void): unknown;
  postMessage(message: EngineEvent): void;
}

/**
 * Sends pictures straight to the page, past the main process. Each crossing between processes copies them: by way of
 * the main process a picture of 1280x720 costs twice the time, 30 times a second.
 */
export function withDirectPictures(port: UtilityPort): EngineSideOfUtilityPort {
  const feed = new PictureFeed(() => performance.now());
  let sequenceBase = 0;

  const open = (to: PicturePort | undefined, base: number): void => {
    if (!to) return;
    sequenceBase = base;
    feed.attach(to);
    to.on('close', () => feed.detach(to));
    to.start();
  };

  return {
    on: (name, listener) =>
      port.on(name, ({ data, ports }) => {
        if (data.type === 'pictures-open') open(ports?.[0], data.sequenceBase);
        else if (data.type === 'pictures-drawn') feed.drawn(data.sequence);
        else listener({ data });
      }),
    postMessage: (event) => {
      if (event.type !== 'preview') port.postMessage(event);
      else feed.offer({ ...event.picture, sequence: event.picture.sequence + sequenceBase });
    },
  };
}
