import type { FrameResult, PreviewPicture } from './frame-result.ts';
import type { CameraInfo, SourceSpec, SourceState } from './source.ts';

/** Part of the frame in fractions of its width and height, 0..1. */
export interface RelativeBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface EngineOptions {
  /** Height in pixels of the smallest face to be found; sets the scale at which detection runs. */
  readonly smallestFacePx: number;
  /** Detector working point, 0..1, or null for the one in the model's metadata. */
  readonly minScore: number | null;
  /** Faces whose centre lies outside are not tracked; null = the whole frame. */
  readonly regionOfInterest: RelativeBox | null;
  readonly mirror: boolean;
  /** Clockwise, applied before mirroring. */
  readonly rotateDegrees: 0 | 90 | 180 | 270;
  /** Longest time for reading attributes within one frame, in ms; what does not fit waits for a later frame. */
  readonly attributeBudgetMs: number;
}

export const defaultEngineOptions: EngineOptions = {
  smallestFacePx: 24,
  minScore: null,
  regionOfInterest: null,
  mirror: false,
  rotateDegrees: 0,
  attributeBudgetMs: 12,
};

/** Absolute paths; the engine itself knows nothing of where an application is installed. */
export interface EnginePaths {
  readonly detectorModel: string;
  readonly attributeModel: string;
  readonly alignment: string;
  readonly demoReel: string;
}

/** Main -> engine, over one message port. */
export type EngineCommand =
  | {
      readonly type: 'start';
      readonly paths: EnginePaths;
      readonly options: EngineOptions;
      /** Null = none is opened yet. */
      readonly source: SourceSpec | null;
    }
  /** Another source, or none: nothing is watched until the next one is opened. */
  | { readonly type: 'open'; readonly source: SourceSpec | null }
  | { readonly type: 'configure'; readonly options: EngineOptions }
  /** `maxHeight` in lines; a picture is sent only for results whose turn it is, never faster than they are analysed. */
  | { readonly type: 'preview'; readonly enabled: boolean; readonly maxHeight: number }
  | { readonly type: 'list-cameras'; readonly request: number }
  | { readonly type: 'stop' };

export interface ModelFacts {
  readonly name: string;
  readonly version: string;
  readonly fileName: string;
}

/** Engine -> main. */
export type EngineEvent =
  | { readonly type: 'ready'; readonly detector: ModelFacts | null; readonly attributes: ModelFacts | null }
  | {
      readonly type: 'model-unavailable';
      readonly model: 'detector' | 'attributes';
      readonly reason: 'missing' | 'damaged' | 'foreign';
      readonly detail: string;
    }
  | { readonly type: 'source'; readonly state: SourceState }
  | { readonly type: 'result'; readonly result: FrameResult }
  | { readonly type: 'preview'; readonly picture: PreviewPicture }
  | { readonly type: 'cameras'; readonly request: number; readonly cameras: readonly CameraInfo[] }
  /** Sent about once a second also while no frame comes; its absence means that the engine hangs. */
  | { readonly type: 'heartbeat' }
  | {
      readonly type: 'log';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly message: string;
      readonly detail?: string;
    }
  | { readonly type: 'stopped' };

/** What the engine needs of its other end: a worker's parentPort, a utility process's port or a test's channel. */
export interface EnginePort {
  postMessage(event: EngineEvent, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (command: EngineCommand) => void): void;
  close(): void;
}
