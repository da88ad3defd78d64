import type { EngineCommand, EngineEvent, EngineOptions, EnginePaths } from '../../contract/engine.ts';
import type { CameraInfo, SourceSpec } from '../../contract/source.ts';
import { CameraRequests } from './camera-requests.ts';
import type { Clock } from './clock.ts';
import type { EngineExit, EngineHandle, EngineHost, PagePort } from './engine-host.ts';
import { GenerationOffset } from './generation.ts';
import type { RestartBudgetOptions } from './restart-budget.ts';
import { RestartBudget } from './restart-budget.ts';

export interface SupervisorTiming {
  /** Silence after which a running engine counts as hung. */
  readonly stallMs: number;
  /** Silence allowed to an engine that is not ready yet: loading its models takes all of its thread. */
  readonly startMs: number;
  readonly budget: RestartBudgetOptions;
  /** Time between attempts once the budget is spent. */
  readonly slowRetryMs: number;
  /** After so much time without trouble, all is forgiven. */
  readonly steadyMs: number;
  /** Time an engine has to end in order before it is ended by force. */
  readonly stopMs: number;
}

export const supervisorTiming: SupervisorTiming = {
  stallMs: 5_000,
  startMs: 30_000,
  budget: { restarts: 5, windowMs: 10 * 60_000, firstWaitMs: 500, longestWaitMs: 15_000 },
  slowRetryMs: 5 * 60_000,
  steadyMs: 60_000,
  stopMs: 3_000,
};

/** How often the silence is looked at. A look that comes much later than that means that we slept, not the engine. */
const lookEveryMs = 1_000;

/** `steady`: it runs, and troubles of the past are over. `given-up`: only slow attempts from now on. */
export type SupervisorState = 'starting' | 'running' | 'steady' | 'restarting' | 'given-up' | 'stopped';

export interface SupervisorOptions {
  readonly host: EngineHost;
  readonly clock: Clock;
  readonly timing?: SupervisorTiming;
  readonly onEvent: (event: EngineEvent) => void;
  /** `detail` is for the log. */
  readonly onState: (state: SupervisorState, detail: string) => void;
}

export interface EngineAssignment {
  readonly paths: EnginePaths;
  readonly options: EngineOptions;
  /** Null = nothing is watched now. */
  readonly source: SourceSpec | null;
}

/**
 * Starts the engine, watches it, and starts it again when it dies or falls silent. It lives outside the engine's
 * process because neither a crash nor an endless loop in native code can be handled from within.
 *
 * It remembers what the engine was last told (source, options, preview), so that a new one takes up where the old one
 * ended.
 */
export class EngineSupervisor {
  readonly #options: SupervisorOptions;
  readonly #timing: SupervisorTiming;
  readonly #budget: RestartBudget;
  readonly #numbers = new GenerationOffset();
  readonly #cameras: CameraRequests;
  #assignment: EngineAssignment | null = null;
  #preview: { readonly enabled: boolean; readonly maxHeight: number } = { enabled: false, maxHeight: 0 };
  #handle: EngineHandle | null = null;
  #state: SupervisorState = 'stopped';
  #heardAt = 0;
  #lookedAt = 0;
  #startedAt = 0;
  #cancelTimer: () => void = () => {};
  #whenStopped: (() => void) | null = null;
  /** The engine that was asked to end so that another takes its place at once. */
  #outgoing: EngineHandle | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#timing = options.timing ?? supervisorTiming;
    this.#budget = new RestartBudget(this.#timing.budget, () => options.clock.now());
    this.#cameras = new CameraRequests(options.clock);
  }

  get state(): SupervisorState {
    return this.#state;
  }

  start(assignment: EngineAssignment): void {
    if (this.#assignment) throw new Error('the engine was already started');
    this.#assignment = assignment;
    this.#launch();
  }

  /** Another source, or null for none; the engine goes on running. */
  open(source: SourceSpec | null): void {
    this.#remember({ source });
    this.#post({ type: 'open', source });
  }

  configure(options: EngineOptions): void {
    this.#remember({ options });
    this.#post({ type: 'configure', options });
  }

  /** Other models: the engine ends in order, and a new one takes up where it ended. That is no trouble, and not counted. */
  reload(paths: EnginePaths): void {
    this.#remember({ paths });
    const handle = this.#handle;
    if (!handle || handle === this.#outgoing) return;
    this.#outgoing = handle;
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(this.#timing.stopMs, () => handle.kill());
    handle.post({ type: 'stop' });
  }

  preview(enabled: boolean, maxHeight: number): void {
    this.#preview = { enabled, maxHeight };
    this.#post({ type: 'preview', enabled, maxHeight });
  }

  /** Pictures go to the page through this port until the engine ends; then a new one is needed. */
  openPictures(port: PagePort): void {
    if (this.#handle) this.#handle.openPictures(port, this.#numbers.sequenceBase);
    else port.close();
  }

  drawn(sequence: number): void {
    this.#handle?.drawn(sequence);
  }

  /** @throws when no engine runs, or it does not answer in time */
  listCameras(): Promise<readonly CameraInfo[]> {
    if (!this.#handle) return Promise.reject(new Error('the engine is not running'));
    return this.#cameras.ask((request) => this.#post({ type: 'list-cameras', request }));
  }

  /** Ends the engine in order, by force if it does not listen. Settles when it is gone; nothing restarts it. */
  stop(): Promise<void> {
    this.#cancelTimer();
    const handle = this.#handle;
    this.#enter('stopped', 'asked to stop');
    if (!handle) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenStopped = resolve;
      handle.post({ type: 'stop' });
      this.#cancelTimer = this.#options.clock.after(this.#timing.stopMs, () => handle.kill());
    });
  }

  #remember(change: Partial<EngineAssignment>): void {
    if (this.#assignment) this.#assignment = { ...this.#assignment, ...change };
  }

  #launch(): void {
    if (!this.#assignment) return;
    this.#numbers.next();
    this.#enter('starting', '');
    let handle: EngineHandle;
    try {
      handle = this.#options.host.start();
    } catch (error) {
      this.#recover(`could not be started: ${String(error)}`);
      return;
    }
    this.#handle = handle;
    this.#startedAt = this.#heardAt = this.#lookedAt = this.#options.clock.now();
    handle.onEvent((event) => this.#hear(handle, event));
    handle.onExit((exit) => this.#end(handle, exit));
    this.#post({ type: 'start', ...this.#assignment });
    if (this.#preview.enabled) this.#post({ type: 'preview', ...this.#preview });
    this.#lookLater();
  }

  #post(command: EngineCommand): void {
    this.#handle?.post(command);
  }

  #hear(handle: EngineHandle, event: EngineEvent): void {
    if (handle !== this.#handle || this.#state === 'stopped') return;
    this.#heardAt = this.#options.clock.now();
    if (event.type === 'ready' && this.#state === 'starting') this.#enter('running', '');
    if (event.type === 'cameras') this.#cameras.answer(event.request, event.cameras);
    else this.#options.onEvent(this.#numbers.apply(event));
  }

  #end(handle: EngineHandle, exit: EngineExit): void {
    if (handle !== this.#handle) return;
    this.#handle = null;
    this.#cancelTimer();
    this.#cameras.fail('the engine ended');
    const wasOutgoing = handle === this.#outgoing;
    this.#outgoing = null;
    if (this.#state === 'stopped') this.#whenStopped?.();
    else if (wasOutgoing) this.#launch();
    else this.#recover(`ended with code ${exit.code ?? 'none'}${exit.detail && `: ${exit.detail}`}`);
  }

  #lookLater(): void {
    this.#cancelTimer = this.#options.clock.after(lookEveryMs, () => this.#look());
  }

  #look(): void {
    const now = this.#options.clock.now();
    if (now - this.#lookedAt > 3 * lookEveryMs) this.#heardAt = now;
    this.#lookedAt = now;
    const allowed = this.#state === 'starting' ? this.#timing.startMs : this.#timing.stallMs;
    if (now - this.#heardAt >= allowed) {
      this.#abandon(`silent for ${Math.round(now - this.#heardAt)} ms`);
      return;
    }
    if (this.#state === 'running' && now - this.#startedAt >= this.#timing.steadyMs) {
      this.#budget.restore();
      this.#enter('steady', '');
    }
    this.#lookLater();
  }

  /** A hung engine is not waited for: whatever it still says is not listened to. */
  #abandon(detail: string): void {
    const handle = this.#handle;
    this.#handle = null;
    this.#cameras.fail('the engine hangs');
    handle?.kill();
    this.#recover(detail);
  }

  #recover(detail: string): void {
    const wait = this.#budget.take();
    this.#enter(wait === null ? 'given-up' : 'restarting', detail);
    this.#cancelTimer = this.#options.clock.after(wait ?? this.#timing.slowRetryMs, () => this.#launch());
  }

  #enter(state: SupervisorState, detail: string): void {
    this.#state = state;
    this.#options.onState(state, detail);
  }
}
