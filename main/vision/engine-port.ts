import { parentPort as threadPort } from 'node:worker_threads';
import type { EnginePort } from '../../contract/engine.ts';
import type { EngineSideOfUtilityPort, UtilityPort } from './picture-routing.ts';
import { withDirectPictures } from './picture-routing.ts';

/** Time for the last messages to leave a process before it ends. */
const flushMs = 100;

/**
 * The port to whoever started this file: as a worker thread or as a utility process of Electron.
 *
 * @returns null where nobody is at the other end
 */
export function portOfThisProcess(): EnginePort | null {
  if (threadPort) return portOfThread(threadPort);
  const { parentPort } = process as unknown as { readonly parentPort?: UtilityPort };
  return parentPort ? portOfUtilityProcess(withDirectPictures(parentPort)) : null;
}

function portOfThread(port: NonNullable<typeof threadPort>): EnginePort {
  return {
    postMessage: (event, transfer = []) => port.postMessage(event, transfer),
    onMessage: (listener) => {
      port.on('message', listener);
    },
    close: () => port.close(),
  };
}

/** Electron's ports cannot transfer buffers between processes: they are copied. */
function portOfUtilityProcess(port: EngineSideOfUtilityPort): EnginePort {
  return {
    postMessage: (event) => port.postMessage(event),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
    },
    close: () => {
      setTimeout(() => process.exit(), flushMs);
    },
  };
}
