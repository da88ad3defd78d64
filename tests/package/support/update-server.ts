import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** An operator's server with a newer version on it, and a certificate made for this test. */
export class UpdateServer {
  readonly asked: Asked[] = [];
  readonly #server: Server;
  readonly #files = new Map<string, string>();

  /** @param folder where the certificate may lie */
  constructor(folder: string) {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...request, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
    this.#server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (request, response) => {
      const path = new URL(request.url ?? '/', 'https://localhost').pathname;
      this.asked.push({ path, headers: request.headers });
      const content = this.#files.get(path);
      response.writeHead(content === undefined ? 404 : 200).end(content);
    });
  }

  /** @returns its address, by this name of the machine */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** @param fileAddress where the description says that the file lies; relative to itself, or elsewhere */
  offer(version: string, program: string, fileAddress: string): void {
    const sha512 = createHash('sha512').update(program).digest('base64');
    const size = Buffer.byteLength(program);
    const description = {
      version,
      files: [{ url: fileAddress, sha512, size }],
      path: fileAddress,
      sha512,
      releaseDate: '2026-11-01',
    };
    // JSON is YAML as well.
    this.#files.set('/vitrine/latest-linux.yml', JSON.stringify(description));
    this.#files.set('/vitrine/new.AppImage', program);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
