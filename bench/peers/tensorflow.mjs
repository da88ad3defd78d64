import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadPeerModule, peerFile } from './packages.mjs';

/**
 * TensorFlow.js on its WebAssembly backend: SIMD, one thread. The faster native backend (tfjs-node) is built by an install script,
 * which stays switched off here.
 */
export async function startTensorflow() {
  readModelsFromDiskOnly();
  const tf = loadPeerModule('@tensorflow/tfjs');
  const wasm = loadPeerModule('@tensorflow/tfjs-backend-wasm');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  wasm.setWasmPaths(wasmFolder);
  await tf.setBackend('wasm');
  await tf.ready();
  return tf;
}

export const wasmFolder = peerFile('@tensorflow/tfjs-backend-wasm/dist/');

export const fileUrl = (path) => pathToFileURL(path).href;

/** TensorFlow.js asks `fetch` for models, which knows no files in Node.js; nothing else is to be fetched. */
function readModelsFromDiskOnly() {
  globalThis.fetch = async (url) => {
    if (!String(url).startsWith('file:')) throw new Error(`The peers may not reach ${url}.`);
    return new Response(await readFile(fileURLToPath(url)));
  };
}
