import type { MessagePortMain } from 'electron';
import { utilityProcess } from 'electron';
import type { EngineCommand, EngineEvent } from '../../contract/engine.ts';
import type { Log } from '../log/log.ts';
import type { EngineExit, EngineHandle, EngineHost, PagePort } from '../vision/engine-host.ts';
import type { PictureMessage } from '../vision/picture-routing.ts';

/** Libraries print at times; a line of theirs helps, a flood does not. */
const longestOutput = 500;

/**
 * Runs the engine in a utility process, not in a worker thread: a crash in a native library ends the process it runs
 * in, and a thread that hangs in native code cannot be ended at all without the whole application going with it. A
 * process can be killed, and a new one started, while page and statistics go on. Results are small; preview pictures go
 * straight to the page, which costs them one copy, as it would from a thread.
 */
export class EngineProcessHost implements EngineHost {
  readonly #entry: string;
  readonly #log: Log;

  /** @param entry absolute path of the built engine */
  constructor(entry: string, log: Log) {
    this.#entry = entry;
    this.#log = log;
  }

  start(): EngineHandle {
    const process = utilityProcess.fork(this.#entry, [], { serviceName: 'Vitrine engine', stdio: 'pipe' });
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) =>
        this.#log('debug', 'Engine output', chunk.toString().slice(0, longestOutput)),
      );
    }
    return new EngineProcess(process, this.#log);
  }
}

class EngineProcess implements EngineHandle {
  readonly #process: Electron.UtilityProcess;

  constructor(process: Electron.UtilityProcess, log: Log) {
    this.#process = process;
    process.on('spawn', () => log('info', 'The engine process has started.', `process ${process.pid ?? 'unknown'}`));
  }

  post(command: EngineCommand): void {
    this.#process.postMessage(command);
  }

  openPictures(port: PagePort, sequenceBase: number): void {
    const message: PictureMessage = { type: 'pictures-open', sequenceBase };
    // Whoever composes this host with the page makes the channel with Electron's own MessageChannelMain.
    this.#process.postMessage(message, [port as MessagePortMain]);
  }

  drawn(sequence: number): void {
    const message: PictureMessage = { type: 'pictures-drawn', sequence };
    this.#process.postMessage(message);
  }

  onEvent(listener: (event: EngineEvent) => void): void {
    this.#process.on('message', (message: EngineEvent) => listener(message));
  }

  onExit(listener: (exit: EngineExit) => void): void {
    this.#process.once('exit', (code) => listener({ code, detail: '' }));
  }

  /** SIGTERM does not end a process that hangs in native code with a handler of its own, so the hard way at once. */
  kill(): void {
    const { pid } = this.#process;
    try {
      if (pid !== undefined) globalThis.process.kill(pid, 'SIGKILL');
    } catch {
      // It was gone already.
    }
    this.#process.kill();
  }
}
