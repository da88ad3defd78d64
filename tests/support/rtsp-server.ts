import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
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

export interface RtspServerOptions {
  /** 0 = any that is free. */
  readonly port?: number;
  readonly login?: { readonly user: string; readonly password: string };
  /** Path of a PEM file with certificate and key: then it speaks RTSP over TLS. */
  readonly certificate?: string;
}

/** A certificate that nobody vouches for, as network cameras have. */
export function makeCertificate(path: string): void {
  const subject = ['-subj', '/CN=camera.invalid', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', path, '-out', `${path}.crt`], { stdio: 'pipe' });
  appendFileSync(path, readFileSync(`${path}.crt`));
}

/** GStreamer's RTSP server as a process of its own, so that it can be killed like a camera that loses its power. */
export class RtspServer {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(port: number, process: ChildProcess) {
    this.port = port;
    this.#process = process;
  }

  static async start(film: string, options: RtspServerOptions = {}): Promise<RtspServer> {
    const { port = 0, login, certificate } = options;
    const args = [
      ...['--port', String(port)],
      ...(login ? ['--user', login.user, '--password', login.password] : []),
      ...(certificate ? ['--certificate', certificate] : []),
    ];
    const child = spawn(python, [script, film, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
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
