import type { EngineEvent, ModelFacts } from '../../contract/engine.ts';
import type { FrameResult } from '../../contract/frame-result.ts';
import type { Settings } from '../../contract/settings.ts';
import type { SourceSpec, SourceState } from '../../contract/source.ts';
import type { Log } from '../log/log.ts';
import type { ProblemRegistry } from '../problems/problem-registry.ts';
import { followSource } from '../problems/source-problems.ts';
import { engineOptionsOf } from '../settings/engine-options.ts';
import { sourceLabel } from '../vision/capture/source-label.ts';
import type { Clock } from '../vision/clock.ts';
import type { EngineHost, PagePort } from '../vision/engine-host.ts';
import type { SupervisorState } from '../vision/supervisor.ts';
import { EngineSupervisor } from '../vision/supervisor.ts';
import type { EngineFiles } from './resources.ts';
import { enginePathsOf } from './resources.ts';

export interface EngineLinkOptions {
  readonly host: EngineHost;
  readonly clock: Clock;
  readonly log: Log;
  readonly problems: ProblemRegistry;
  readonly onResult: (result: FrameResult) => void;
  /** An engine is ready to work: the first, or one that took the place of another. */
  readonly onReady: () => void;
  readonly onSource: (state: SourceState) => void;
  /** Tracks known so far are over: another source, or another engine. */
  readonly onFreshStart: () => void;
}

/** Connects the supervised engine with the rest of the application: results, problems, log. */
export class EngineLink {
  readonly #options: EngineLinkOptions;
  readonly #supervisor: EngineSupervisor;
  #files: EngineFiles | null = null;
  #source: SourceState;
  #spec: SourceSpec = { kind: 'demo' };
  #resting = false;
  /** No engine has been started yet. */
  #first = true;
  #models: { readonly detector: ModelFacts | null; readonly attributes: ModelFacts | null } = {
    detector: null,
    attributes: null,
  };

  constructor(options: EngineLinkOptions) {
    this.#options = options;
    this.#source = stateOf(this.#spec, 'opening');
    this.#supervisor = new EngineSupervisor({
      host: options.host,
      clock: options.clock,
      onEvent: (event) => this.#receive(event),
      onState: (state, detail) => this.#follow(state, detail),
    });
  }

  get source(): SourceState {
    return this.#source;
  }

  get models(): { readonly detector: ModelFacts | null; readonly attributes: ModelFacts | null } {
    return this.#models;
  }

  /** @param resting whether the source stays closed for now */
  start(files: EngineFiles, settings: Settings, resting = false): void {
    this.#files = files;
    this.#resting = resting;
    this.#spec = settings.source;
    this.#supervisor.start({
      paths: enginePathsOf(files, settings),
      options: engineOptionsOf(settings),
      source: this.#wanted,
    });
  }

  /** Closes the source while nobody is to be watched, and opens it again. */
  rest(resting: boolean): void {
    if (resting === this.#resting) return;
    this.#resting = resting;
    this.#openSource();
  }

  /** Tells the engine what has changed for it, if anything has. */
  apply(now: Settings, before: Settings): void {
    if (JSON.stringify(now.picture) !== JSON.stringify(before.picture)) {
      this.#supervisor.configure(engineOptionsOf(now));
    }
    if (this.#files && now.picture.network !== before.picture.network) {
      this.#supervisor.reload(enginePathsOf(this.#files, now));
    }
    if (JSON.stringify(now.source) === JSON.stringify(before.source)) return;
    this.#spec = now.source;
    this.#openSource();
  }

  setPreview(enabled: boolean, maxHeight: number): void {
    this.#supervisor.preview(enabled, maxHeight);
  }

  /** Pictures go to the page through this port until the engine ends. */
  openPictures(port: PagePort): void {
    this.#supervisor.openPictures(port);
  }

  drawn(sequence: number): void {
    this.#supervisor.drawn(sequence);
  }

  listCameras(): ReturnType<EngineSupervisor['listCameras']> {
    return this.#supervisor.listCameras();
  }

  stop(): Promise<void> {
    return this.#supervisor.stop();
  }

  get #wanted(): SourceSpec | null {
    return this.#resting ? null : this.#spec;
  }

  #openSource(): void {
    this.#beginAnew(0);
    this.#supervisor.open(this.#wanted);
  }

  /**
   * What was seen so far is over, and nothing is seen until an engine has opened the source.
   * @param attempt above 0 where the picture of before has to go at once: that engine cannot say who left any more
   */
  #beginAnew(attempt: number): void {
    this.#options.onFreshStart();
    this.#setSource(stateOf(this.#spec, this.#resting ? 'closed' : 'opening', attempt));
  }

  #receive(event: EngineEvent): void {
    const { log } = this.#options;
    switch (event.type) {
      case 'result':
        this.#options.onResult(event.result);
        break;
      case 'source':
        // What was on its way when the source was closed.
        if (this.#resting) break;
        this.#setSource(event.state);
        break;
      case 'ready':
        this.#setModels(event.detector, event.attributes);
        this.#options.onReady();
        break;
      case 'model-unavailable':
        log('error', `The ${event.model} model cannot be used: it is ${event.reason}.`, event.detail);
        this.#options.problems.raise(`${event.model}-unavailable`, { reason: event.reason });
        break;
      case 'log':
        log(event.level, event.message, event.detail);
        break;
      default:
    }
  }

  #setModels(detector: ModelFacts | null, attributes: ModelFacts | null): void {
    this.#models = { detector, attributes };
    if (detector) this.#options.problems.clear('detector-unavailable');
    if (attributes) this.#options.problems.clear('attributes-unavailable');
    this.#options.log('info', 'The engine is ready.', { detector: detector?.name, attributes: attributes?.name });
  }

  #setSource(state: SourceState): void {
    if (state.status !== this.#source.status || state.detail !== this.#source.detail) {
      const troubled = state.status === 'running' && state.detail !== null;
      const level = troubled || state.status === 'failed' || state.status === 'waiting' ? 'warn' : 'info';
      this.#options.log(level, `Source ${state.label}: ${state.status}.`, state.detail ?? undefined);
    }
    this.#source = state;
    followSource(state, this.#options.problems);
    this.#options.onSource(state);
  }

  #follow(state: SupervisorState, detail: string): void {
    const { log, problems } = this.#options;
    switch (state) {
      case 'starting':
        this.#beginAnew(this.#first ? 0 : 1);
        this.#first = false;
        break;
      case 'running':
        problems.clear('engine-restarting');
        break;
      case 'steady':
        problems.clear('engine-given-up');
        break;
      case 'restarting':
        log('error', 'The engine failed and is started again.', detail);
        this.#beginAnew(1);
        problems.raise('engine-restarting');
        break;
      case 'given-up':
        log('error', 'The engine keeps failing; it is tried again every few minutes.', detail);
        this.#beginAnew(1);
        problems.clear('engine-restarting');
        problems.raise('engine-given-up');
        break;
      case 'stopped':
    }
  }
}

/** What is known of a source before the engine has said anything about it. */
function stateOf(source: SourceSpec, status: 'opening' | 'closed', attempt = 0): SourceState {
  return {
    status,
    kind: source.kind,
    label: sourceLabel(source),
    width: 0,
    height: 0,
    framesPerSecond: 0,
    attempt,
    nextAttemptAtMs: null,
    detail: null,
  };
}
