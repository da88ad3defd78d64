import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { hasSystemPackages } from '../../scripts/setup/system-libraries.mjs';

/** Debian's Python by its path: another one that comes first on PATH has no GStreamer. */
const python = '/usr/bin/python3';
const script = fileURLToPath(new URL('./rtsp-server.py', import.meta.url));

/** Whether a real RTSP server can be had here; `npm test` as root on a Debian has installed what it takes. */
export function canServeRtsp(): boolean {
  return process.platform === 'linux' && hasSystemPackages('rtsp-server');
}

/** GStreamer's RTSP server as a process of its own, so that it can be killed like a camera that loses its power. */
export class RtspServer {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(port: number, process: ChildProcess) {
    this.port = port;
    this.#process = process;
  }

  /** @param options `port` 0 = any that is free */
  static async start(
    film: string,
    options: { port?: number; login?: { user: string; password: string } } = {},
  ): Promise<RtspServer> {
    const { port = 0, login } = options;
    const guarded = login ? ['--user', login.user, '--password', login.password] : [];
    const child = spawn(python, [script, film, '--port', String(port), ...guarded], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`the RTSP server ended with ${code}`);
      }),
    ]);
    return new RtspServer(Number(line), child);
  }

  /** Its connections stay open, and nothing comes any more. */
  freeze(): void {
    this.#process.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process.kill('SIGCONT');
  }

  /** Without a goodbye to anyone. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}
