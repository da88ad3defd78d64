import type { EngineCommand, EngineEvent } from '../../contract/engine.ts';

export interface EngineExit {
  /** The process's exit code, or null where there is none. */
  readonly code: number | null;
  /** For the log. */
  readonly detail: string;
}

/** One end of a channel whose other end the page holds; what it is depends on the host. */
export interface PagePort {
  close(): void;
}

/** One running engine, wherever it runs. */
export interface EngineHandle {
  post(command: EngineCommand): void;
  onEvent(listener: (event: EngineEvent) => void): void;
  /** Called once, however it ended. */
  onExit(listener: (exit: EngineExit) => void): void;
  /**
   * Pictures go through this port from now on, past the main process. `sequenceBase` is added to their sequence.
   */
  openPictures(port: PagePort, sequenceBase: number): void;
  /** The page has drawn everything up to this result, as the page counts them. */
  drawn(sequence: number): void;
  /** Ends it by force, also when native code hangs; `onExit` follows. */
  kill(): void;
}

/** Where engines come from: a utility process in the application, something scripted in a test. */
export interface EngineHost {
  /** @throws when not even the attempt can be made */
  start(): EngineHandle;
}
