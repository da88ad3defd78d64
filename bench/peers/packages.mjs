import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../scripts/setup/paths.mjs';

/** Ignored by git: nothing of the peers is part of the project. */
export const peersFolder = join(root, '.cache/peers');

export const peerVersions = {
  '@vladmandic/human': '3.3.6',
  '@vladmandic/face-api': '1.7.15',
  '@tensorflow/tfjs': '4.22.0',
  '@tensorflow/tfjs-backend-wasm': '4.22.0',
};

export const peerFile = (...parts) => join(peersFolder, 'node_modules', ...parts);

/** CommonJS, resolved in the peers' own folder, so that both share one TensorFlow.js. */
const requirePeer = createRequire(peerFile('@vladmandic/nothing.js'));

export function loadPeerModule(path) {
  try {
    return requirePeer(path);
  } catch (cause) {
    if (cause.code !== 'MODULE_NOT_FOUND') throw cause;
    throw new Error('The peers are not installed: run node bench/peers/install.mjs first.', { cause });
  }
}
