import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { childrenOf, endTree } from '../../e2e/support/processes.ts';

/** Debian's account without rights: the kiosk is not to run as root, and Chromium's sandbox would not. */
const nobody = 65534;
const startMs = 60_000;
const endMs = 45_000;

/** The kiosk as a desktop starts it: by its .desktop entry, as an ordinary user, sandboxed and supervised. */
export class InstalledKiosk {
  readonly folder = mkdtempSync(join(tmpdir(), 'vitrine-package-'));
  readonly data = join(this.folder, 'data');
  #process: ChildProcess | null = null;
  #browser: Browser | null = null;

  /** @returns the page, by the port that Chromium opens for this test: inspection of the main process is fused off */
  async start(command: string): Promise<Page> {
    const environment = { ...process.env, HOME: this.folder, XDG_RUNTIME_DIR: join(this.folder, 'run') };
    for (const path of [this.data, environment.XDG_RUNTIME_DIR]) mkdirSync(path, { mode: 0o700 });
    for (const path of [this.folder, this.data, environment.XDG_RUNTIME_DIR]) chownSync(path, nobody, nobody);
    const user = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
    const args = ['--data-dir', this.data, '--remote-debugging-port=0', '--log-level=3'];
    this.#process = spawn('setpriv', [...user, ...command.split(' '), ...args], {
      cwd: this.folder,
      env: environment,
      stdio: 'ignore',
    });
    const port = await this.#eventually(
      () => readFileSync(join(this.data, 'DevToolsActivePort'), 'utf8').split('\n')[0],
    );
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    return this.#eventually(() =>
      this.#browser
        ?.contexts()
        .flatMap((context) => context.pages())
        .find((page) => page.url().startsWith('app:')),
    );
  }

  log(): string {
    return ['vitrine.log', 'supervisor.log']
      .map((name) => readFileSync(join(this.data, 'logs', name), 'utf8'))
      .join('');
  }

  /** @returns of each process that draws pages, whether the kernel filters its system calls (2 = it does) */
  rendererFilters(): string[] {
    return childrenOf(this.#process?.pid ?? 0)
      .filter(({ commandLine }) => commandLine.includes('--type=renderer'))
      .map(({ pid }) => /^Seccomp:\s*(\d)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 'unknown');
  }

  /** @returns the exit status, after ending it as a session does at its end */
  async end(): Promise<number | null> {
    await this.#browser?.close();
    const child = this.#process;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), endMs).unref());
    return Promise.race([ended, late]);
  }

  remove(): void {
    if (this.#process?.pid && this.#process.exitCode === null) endTree(this.#process.pid);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  async #eventually<Value>(look: () => Value | undefined | null): Promise<Value> {
    const last = Date.now() + startMs;
    for (;;) {
      let found: Value | undefined | null;
      try {
        found = look();
      } catch {
        // The file is not there yet.
      }
      if (found) return found;
      if (Date.now() > last) throw new Error(`the installed kiosk did not start within ${startMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
