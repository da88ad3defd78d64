import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineCommand, EngineEvent } from '../../contract/engine.ts';
import type { PreviewPicture } from '../../contract/frame-result.ts';
import type { EngineSideOfUtilityPort, UtilityMessage } from './picture-routing.ts';
import { withDirectPictures } from './picture-routing.ts';

let toMain: EngineEvent[];
let commands: EngineCommand[];
let receive: (message: UtilityMessage) => void;
let port: EngineSideOfUtilityPort;

function pagePort() {
  const pictures: PreviewPicture[] = [];
  let onClose = () => {};
  return {
    pictures,
    closed: false,
    postMessage: (picture: PreviewPicture) => pictures.push(picture),
    on: (_: 'close', listener: () => void) => {
      onClose = listener;
    },
    start: () => {},
    close() {
      this.closed = true;
    },
    disappear: () => onClose(),
  };
}

const preview = (sequence: number): EngineEvent => ({
  type: 'preview',
  picture: { sequence, width: 2, height: 2, data: new ArrayBuffer(6), matrix: 'bt709', fullRange: false },
});

beforeEach(() => {
  toMain = [];
  commands = [];
  port = withDirectPictures({
    on: (_, listener) => {
      receive = listener;
    },
    postMessage: (event) => toMain.push(event),
  });
  port.on('message', ({ data }) => commands.push(data));
});

describe('withDirectPictures', () => {
  it('sends pictures to the page, numbered as the page counts, and all else to the main process', () => {
    const page = pagePort();
    receive({ data: { type: 'pictures-open', sequenceBase: 40 }, ports: [page] });
    port.postMessage(preview(1));
    port.postMessage({ type: 'heartbeat' });
    expect(page.pictures.map(({ sequence }) => sequence)).toEqual([41]);
    expect(toMain).toEqual([{ type: 'heartbeat' }]);
  });

  it('keeps its own messages from the engine', () => {
    receive({ data: { type: 'pictures-open', sequenceBase: 0 }, ports: [pagePort()] });
    receive({ data: { type: 'pictures-drawn', sequence: 1 } });
    receive({ data: { type: 'stop' } });
    expect(commands).toEqual([{ type: 'stop' }]);
  });

  it('waits for the page to draw', () => {
    const page = pagePort();
    receive({ data: { type: 'pictures-open', sequenceBase: 0 }, ports: [page] });
    for (const sequence of [1, 2, 3, 4]) port.postMessage(preview(sequence));
    expect(page.pictures).toHaveLength(2);
    receive({ data: { type: 'pictures-drawn', sequence: 2 } });
    expect(page.pictures.map(({ sequence }) => sequence)).toEqual([1, 2, 4]);
  });

  it('goes over to a new page, and the end of the old one does not cut it off', () => {
    const old = pagePort();
    const page = pagePort();
    receive({ data: { type: 'pictures-open', sequenceBase: 0 }, ports: [old] });
    receive({ data: { type: 'pictures-open', sequenceBase: 0 }, ports: [page] });
    expect(old.closed).toBe(true);
    old.disappear();
    port.postMessage(preview(1));
    expect(page.pictures).toHaveLength(1);
    page.disappear();
    port.postMessage(preview(2));
    expect(page.pictures).toHaveLength(1);
    expect(toMain).toEqual([]);
  });
});
