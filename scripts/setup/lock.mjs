import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { root } from './paths.mjs';
import { say } from './say.mjs';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A name that only one process can hold and that the system takes back when its holder dies, however it dies: nothing
 * is left behind that a later run would have to judge. Linux: an abstract socket, Windows: a named pipe. No other
 * process can send anything through it: connections are closed at once.
 */
function hold() {
  const id = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const name = process.platform === 'win32' ? `\\\\.\\pipe\\vitrine-${id}` : `\0vitrine-setup-${id}`;
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen({ path: name, exclusive: true }, () => resolve(server.unref()));
  });
}

/**
 * Lets one run at a time change node_modules, the cache and the build.
 * @template Value
 * @param {() => Value | Promise<Value>} work
 * @returns {Promise<Value>}
 */
export async function locked(work) {
  // Elsewhere (macOS) there is no such name; the set-up of a development machine is then not kept apart.
  if (process.platform !== 'linux' && process.platform !== 'win32') return work();
  let told = false;
  for (;;) {
    const server = await hold();
    if (server) {
      try {
        return await work();
      } finally {
        server.close();
      }
    }
    if (!told) say('waiting for another run of the set-up to end ...');
    told = true;
    await pause(200);
  }
}
