import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import { findRuntime } from '../../../scripts/setup/electron-runtime.mjs';
import { electronArguments } from '../../../scripts/setup/launch.mjs';
import { childrenOf, endTree } from './processes.ts';

export interface LaunchOptions {
  /** For `--source`; without it the settings decide, which is the demo reel unless they say otherwise. */
  readonly source?: string;
  /** In a window of ordinary size unless false. */
  readonly windowed?: boolean;
  /** A whole home of its own is made for each kiosk; one of an earlier kiosk goes on where that one ended. */
  readonly home?: KioskHome;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const startMs = 120_000;
const endMs = 45_000;

/** The folders a kiosk can write to: its data, and a home, cache and temporary folder that nobody else uses. */
export class KioskHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'vitrine-e2e-'));
  readonly data = join(this.folder, 'data');

  constructor() {
    for (const name of ['data', 'home', 'tmp', 'run']) mkdirSync(join(this.folder, name), { mode: 0o700 });
  }

  get environment(): Record<string, string> {
    const home = join(this.folder, 'home');
    return {
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      XDG_CACHE_HOME: join(home, '.cache'),
      XDG_DATA_HOME: join(home, '.local/share'),
      XDG_RUNTIME_DIR: join(this.folder, 'run'),
      TMPDIR: join(this.folder, 'tmp'),
    };
  }

  writeData(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.data, name), content);
  }

  dataFiles(): string[] {
    return readdirSync(this.data);
  }

  /** Everything the application logged, for messages and for what a test expects of the log. */
  log(): string {
    const folders = [this.data, join(this.data, 'logs')];
    const files = folders.flatMap((folder) => {
      try {
        return readdirSync(folder).map((name) => join(folder, name));
      } catch {
        return [];
      }
    });
    return files
      .filter((file) => file.endsWith('.log'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** The real application on the real Electron. */
export class RunningKiosk {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: KioskHome;
  readonly #process: ChildProcess;
  readonly #output: string[];

  constructor(app: ElectronApplication, page: Page, home: KioskHome, output: string[]) {
    this.app = app;
    // Kept here, because Playwright forgets the process as soon as it has ended.
    this.#process = app.process();
    this.page = page;
    this.home = home;
    this.#output = output;
  }

  /** What the process printed. */
  output(): string {
    return this.#output.join('');
  }

  get pid(): number {
    const { pid } = this.#process;
    if (pid === undefined) throw new Error('the application has no process');
    return pid;
  }

  /** The process the engine runs in. @throws while there is none */
  enginePid(): number {
    const engine = childrenOf(this.pid).find(({ commandLine }) => commandLine.includes('node.mojom.NodeService'));
    if (!engine) throw new Error(`no engine process under ${this.pid}`);
    return engine.pid;
  }

  /** Ends it as an operator would: in order, with everything written. @returns within a bound, by force if need be */
  async quit(): Promise<void> {
    if (this.#hasEnded) return;
    const gone = this.#gone();
    await this.app.evaluate(({ app }) => setImmediate(() => app.quit())).catch(() => undefined);
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), endMs).unref());
    if ((await Promise.race([gone, late])) === 'late') {
      endTree(this.pid);
      throw new Error(`the application did not quit within ${endMs} ms\n${this.home.log().slice(-3000)}`);
    }
  }

  /** As a power cut or `kill -9` would. */
  async kill(): Promise<void> {
    if (this.#hasEnded) return;
    const gone = this.#gone();
    endTree(this.pid);
    await gone;
  }

  get #hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  #gone(): Promise<void> {
    return new Promise((resolve) => this.#process.once('exit', () => resolve()));
  }
}

/** Starts the built application and waits for its page. */
export async function launchKiosk(options: LaunchOptions = {}): Promise<RunningKiosk> {
  const home = options.home ?? new KioskHome();
  const executablePath = process.env.VITRINE_ELECTRON ?? findRuntime()?.executable;
  if (!executablePath) throw new Error('there is no Electron; `npm test` installs one');
  const own = [
    `--data-dir=${home.data}`,
    ...(options.windowed === false ? [] : ['--windowed']),
    ...(options.source ? [`--source=${options.source}`] : []),
  ];
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  const environment = { ...inherited, ...home.environment, VITRINE_VERBOSE: '1', ...options.env };
  const app = await electron.launch({
    executablePath,
    args: electronArguments([...own, ...(options.args ?? [])]),
    env: environment as Record<string, string>,
    timeout: startMs,
  });
  const output: string[] = [];
  app.process().stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  app.process().stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  try {
    const page = await app.firstWindow({ timeout: startMs });
    await page.getByRole('main').first().waitFor({ timeout: startMs });
    return new RunningKiosk(app, page, home, output);
  } catch (error) {
    const pid = app.process().pid;
    if (pid !== undefined) endTree(pid);
    const told = `${output.join('')}\n${home.log()}`.slice(-4000);
    throw new Error(`the application showed no page: ${error instanceof Error ? error.message : error}\n${told}`);
  }
}
