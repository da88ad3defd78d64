import type { EngineCommand, EngineEvent, EngineOptions, EnginePaths, EnginePort } from '../../contract/engine.ts';
import type { FrameResult } from '../../contract/frame-result.ts';
import type { CameraInfo, SourceSpec, SourceState, SourceStatus } from '../../contract/source.ts';
import type { Frame, FrameSource } from './capture/frame-source.ts';
import { farewell } from './frame-analyser.ts';
import type { LoadedModels } from './load-models.ts';
import { Timeline } from './timeline.ts';

type StartCommand = Extract<EngineCommand, { type: 'start' }>;

/** What the engine is made of; tests put other parts in. */
export interface EngineParts {
  /** Loads what can be loaded and tells what cannot; never rejects for a bad model file. */
  loadModels(paths: EnginePaths, post: (event: EngineEvent) => void): Promise<LoadedModels>;
  createSource(spec: SourceSpec, start: StartCommand): FrameSource;
  listCameras(): Promise<readonly CameraInfo[]>;
}

const heartbeatMs = 1000;

/** After one failed frame the same failure is reported again only after so long. */
const failureReportMs = 10_000;

/** States in which no more frames are to be expected soon: whoever was in view has left it. */
const silentStatuses: readonly SourceStatus[] = ['stalled', 'waiting', 'ended', 'failed', 'closed'];

/** The frame loop: takes the newest frame, analyses it, sends the result; and does what it is told meanwhile. */
export class Engine {
  readonly #port: EnginePort;
  readonly #parts: EngineParts;
  readonly #timeline = new Timeline();
  #start: StartCommand | null = null;
  #options: EngineOptions | null = null;
  #models: LoadedModels | null = null;
  #source: FrameSource | null = null;
  #loop: Promise<void> = Promise.resolve();
  #commands: Promise<void> = Promise.resolve();
  /** Only one frame, or one farewell, is worked on at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  #heartbeat: NodeJS.Timeout | null = null;
  #preview = { enabled: false, maxHeight: 720 };
  #analysed = 0;
  #sequence = 0;
  #last: FrameResult | null = null;
  /** Of the last frame that was analysed. */
  #scene = 0;
  #lastFailureMs = Number.NEGATIVE_INFINITY;
  #stopping: Promise<void> | null = null;

  constructor(port: EnginePort, parts: EngineParts) {
    this.#port = port;
    this.#parts = parts;
    port.onMessage((command) => this.#receive(command));
  }

  /** Ends in order: source, frame loop, models, port. Safe to call more than once. */
  stop(): Promise<void> {
    this.#stopping ??= this.#shutDown();
    return this.#stopping;
  }

  #receive(command: EngineCommand): void {
    if (command.type === 'stop') void this.stop();
    else if (command.type === 'list-cameras') void this.#listCameras(command.request);
    else
      this.#commands = this.#commands
        .then(() => this.#obey(command))
        .catch((error) => this.#report(command.type, error));
  }

  async #obey(command: Exclude<EngineCommand, { type: 'stop' | 'list-cameras' }>): Promise<void> {
    if (this.#stopping) return;
    switch (command.type) {
      case 'start':
        return this.#begin(command);
      case 'open':
        return this.#open(command.source);
      case 'configure':
        return this.#configure(command.options);
      case 'preview':
        this.#preview = { enabled: command.enabled, maxHeight: command.maxHeight };
    }
  }

  async #begin(command: StartCommand): Promise<void> {
    if (this.#start) throw new Error('the engine was started twice');
    this.#start = command;
    this.#options = command.options;
    this.#post({ type: 'heartbeat' });
    this.#heartbeat = setInterval(() => this.#post({ type: 'heartbeat' }), heartbeatMs);
    this.#models = await this.#parts.loadModels(command.paths, (event) => this.#post(event));
    this.#post({ type: 'ready', detector: this.#models.detectorFacts, attributes: this.#models.attributeFacts });
    await this.#open(command.source);
  }

  async #configure(options: EngineOptions): Promise<void> {
    const before = this.#options;
    this.#options = options;
    if (!this.#start) return;
    const source = this.#start.source;
    this.#start = { ...this.#start, options };
    const turned = before?.mirror !== options.mirror || before.rotateDegrees !== options.rotateDegrees;
    if (turned && this.#source) await this.#open(source);
  }

  async #open(spec: SourceSpec | null): Promise<void> {
    if (!this.#start) throw new Error('a source was given before the engine was started');
    await this.#closeSource();
    if (this.#stopping) return;
    this.#start = { ...this.#start, source: spec };
    this.#analysed = 0;
    this.#timeline.restart();
    if (spec === null) return;
    const source = this.#parts.createSource(spec, this.#start);
    this.#source = source;
    source
      .open((state) => this.#sourceChanged(source, state))
      .catch((error) => this.#report('opening the source', error));
    this.#loop = this.#run(source);
  }

  async #closeSource(): Promise<void> {
    const source = this.#source;
    this.#source = null;
    await source?.close();
    await this.#loop;
    await this.#endTracks();
  }

  #sourceChanged(source: FrameSource, state: SourceState): void {
    if (source !== this.#source) return;
    this.#post({ type: 'source', state });
    if (silentStatuses.includes(state.status)) void this.#endTracks();
  }

  async #run(source: FrameSource): Promise<void> {
    try {
      for (let frame = await source.next(); frame; frame = await source.next()) {
        const taken = frame;
        if (source === this.#source) await this.#inTurn(() => this.#analyse(taken, source));
        else taken.release();
      }
    } catch (error) {
      this.#report('reading the source', error);
    }
    // The last frame may have been analysed after the state that ended the tracks.
    if (source === this.#source) await this.#endTracks();
  }

  async #analyse(frame: Frame, source: FrameSource): Promise<void> {
    try {
      const { models, options } = this.#running();
      if (frame.scene !== this.#scene) this.#sayFarewell();
      this.#scene = frame.scene;
      const findings = await models.analyser.analyse(frame, this.#timeline.at(frame.timeMs), {
        smallestFacePx: options.smallestFacePx,
        minScore: options.minScore,
        regionOfInterest: options.regionOfInterest,
        attributeBudgetMs: options.attributeBudgetMs,
      });
      this.#analysed++;
      const result = { ...findings, sequence: ++this.#sequence, counters: this.#counters(source) };
      this.#last = result;
      this.#post({ type: 'result', result });
      this.#sendPreview(frame, result.sequence);
    } catch (error) {
      this.#reportFailedFrame(error);
    } finally {
      frame.release();
    }
    // Lets commands in, however fast the source is.
    await new Promise((resolve) => setImmediate(resolve));
  }

  #running(): { readonly models: LoadedModels; readonly options: EngineOptions } {
    if (!this.#models || !this.#options) throw new Error('a frame came before the engine was ready');
    return { models: this.#models, options: this.#options };
  }

  #counters(source: FrameSource): FrameResult['counters'] {
    return { received: source.received, analysed: this.#analysed, dropped: source.dropped };
  }

  #sendPreview(frame: Frame, sequence: number): void {
    if (!this.#preview.enabled) return;
    const picture = { ...frame.preview(this.#preview.maxHeight), sequence };
    this.#post({ type: 'preview', picture }, [picture.data]);
  }

  /** Tells that nobody is in view any more, where no further frame would. */
  #endTracks(): Promise<void> {
    return this.#inTurn(async () => this.#sayFarewell());
  }

  #sayFarewell(): void {
    const ended = this.#models?.analyser.reset() ?? [];
    if (!this.#last || (ended.length === 0 && this.#last.faces.length === 0)) return;
    this.#last = farewell(this.#last, ended, ++this.#sequence);
    this.#post({ type: 'result', result: this.#last });
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #listCameras(request: number): Promise<void> {
    let cameras: readonly CameraInfo[] = [];
    try {
      cameras = await this.#parts.listCameras();
    } catch (error) {
      this.#report('listing the cameras', error);
    }
    this.#post({ type: 'cameras', request, cameras });
  }

  async #shutDown(): Promise<void> {
    try {
      const source = this.#source;
      this.#source = null;
      await source?.close();
      await this.#commands;
      await this.#closeSource();
      await this.#models?.dispose();
    } catch (error) {
      this.#report('stopping', error);
    }
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    this.#port.postMessage({ type: 'stopped' });
    this.#port.close();
  }

  #post(event: EngineEvent, transfer?: readonly ArrayBuffer[]): void {
    this.#port.postMessage(event, transfer);
  }

  #reportFailedFrame(error: unknown): void {
    const nowMs = performance.now();
    if (nowMs - this.#lastFailureMs < failureReportMs) return;
    this.#lastFailureMs = nowMs;
    this.#report('analysing a frame', error);
  }

  #report(what: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#post({ type: 'log', level: 'error', message: `The engine failed at: ${what}.`, detail });
  }
}
