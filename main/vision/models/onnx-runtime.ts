import type * as OnnxRuntime from 'onnxruntime-node';

/**
 * ONNX Runtime 1.30 starts a telemetry client when it is loaded: it writes a device id and a database into the user's
 * cache folder and reports to the vendor. This variable switches it off; the native library reads it while loading, so
 * it is set before. In a worker thread `process.env` is a copy which the library does not see: there, the process that
 * starts the worker must have called `switchTelemetryOff` itself.
 */
const telemetrySwitch = 'ORT_DISABLE_TELEMETRY';

export function switchTelemetryOff(): void {
  process.env[telemetrySwitch] = '1';
}

let runtime: Promise<typeof OnnxRuntime> | null = null;

/** The one way to ONNX Runtime: loads it once per thread, with telemetry off. */
export function loadOnnxRuntime(): Promise<typeof OnnxRuntime> {
  switchTelemetryOff();
  runtime ??= import('onnxruntime-node');
  return runtime;
}

export interface SessionNeeds {
  /** Intra-op threads, 1 or more. */
  readonly threads: number;
  /**
   * Whether the session keeps the memory of its runs for the next one. Good where the input keeps its size; where the
   * size changes, the arena grows to the largest ever seen.
   */
  readonly keepMemory: boolean;
}

/** Session options for a machine that shares its few cores with decoding and drawing: idle threads sleep, not spin. */
export function sessionOptions({ threads, keepMemory }: SessionNeeds): OnnxRuntime.InferenceSession.SessionOptions {
  return {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: keepMemory,
    // Errors are thrown as well: the caller logs them once.
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
  };
}
