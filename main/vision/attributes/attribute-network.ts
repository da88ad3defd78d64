import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { AttributeReading, ExpressionClass, GlassesClass } from '../../../contract/attributes.ts';
import { ModelError } from '../models/model-error.ts';
import { readOnnxMetadata } from '../models/onnx-metadata.ts';
import { loadOnnxRuntime, sessionOptions } from '../models/onnx-runtime.ts';
import { vitrineMetadata } from '../models/vitrine-metadata.ts';
import { type NetworkMetadata, networkMetadata } from './network-metadata.ts';

const inputName = 'faces';

/** The network's outputs that are read, with the number of values for each face. */
const outputWidths = {
  age_years: 1,
  age_spread: 1,
  gender: 1,
  smile: 1,
  expression: 8,
  glasses: 3,
  eye_makeup: 1,
  lip_makeup: 1,
  beard: 1,
  moustache: 1,
  sideburns: 1,
} as const;
type OutputName = keyof typeof outputWidths;
const outputNames = Object.keys(outputWidths) as OutputName[];
type Outputs = Record<OutputName, Float32Array>;

export interface NetworkOptions {
  /** Of the template that the crops are aligned with. */
  readonly alignmentId: string;
  /** Most faces of one run; bounds the memory. */
  readonly maxBatch: number;
  /** Intra-op threads. */
  readonly threads: number;
}

/** The multi-task network in one long-lived session, with one input buffer that is used again for every run. */
export class AttributeNetwork {
  readonly metadata: NetworkMetadata;
  readonly maxBatch: number;
  /** Values of one crop: the red, green and blue plane of `inputSize` squared, 0..255. */
  readonly cropLength: number;
  /** Crops one after another; the caller fills the first `count` of them before `run(count)`. */
  readonly input: Float32Array;
  readonly #session: InferenceSession;
  readonly #batches: readonly Tensor[];

  private constructor(session: InferenceSession, metadata: NetworkMetadata, maxBatch: number, makeTensor: TensorMaker) {
    const size = metadata.inputSize;
    this.metadata = metadata;
    this.maxBatch = maxBatch;
    this.cropLength = 3 * size * size;
    this.input = new Float32Array(maxBatch * this.cropLength);
    this.#session = session;
    this.#batches = Array.from({ length: maxBatch }, (_, i) =>
      makeTensor(this.input.subarray(0, (i + 1) * this.cropLength), [i + 1, 3, size, size]),
    );
  }

  /** @throws ModelError `missing`, `damaged` or `foreign` */
  static async load(path: string, { alignmentId, maxBatch, threads }: NetworkOptions): Promise<AttributeNetwork> {
    const facts = vitrineMetadata(await readOnnxMetadata(path), 'face-attributes');
    if (!facts) throw new ModelError('foreign', 'the model does not say that it reads attributes of faces');
    const metadata = networkMetadata(facts, alignmentId);
    const { InferenceSession, Tensor } = await loadOnnxRuntime();
    let session: InferenceSession;
    try {
      session = await InferenceSession.create(path, sessionOptions({ threads, keepMemory: true }));
    } catch (cause) {
      throw new ModelError('damaged', `the model cannot be loaded: ${messageOf(cause)}`, { cause });
    }
    try {
      requireNames('input', session.inputNames, [inputName]);
      requireNames('output', session.outputNames, outputNames);
      const network = new AttributeNetwork(
        session,
        metadata,
        maxBatch,
        (data, dims) => new Tensor('float32', data, dims),
      );
      await network.#tryOut();
      return network;
    } catch (error) {
      await session.release();
      throw error;
    }
  }

  /**
   * @param count crops at the front of `input`, 1..maxBatch
   * @returns one reading per crop, in their order
   */
  async run(count: number): Promise<readonly AttributeReading[]> {
    const batch = this.#batches[count - 1];
    if (!batch) throw new RangeError(`a batch of ${count} faces is not between 1 and ${this.maxBatch}`);
    const found = await this.#session.run({ [inputName]: batch }, outputNames);
    const outputs = Object.fromEntries(
      outputNames.map((name) => [name, valuesOf(name, found[name], count)]),
    ) as unknown as Outputs;
    return Array.from({ length: count }, (_, i) => this.#reading(outputs, i));
  }

  dispose(): Promise<void> {
    return this.#session.release();
  }

  /** The first run shows whether the outputs have the shapes that are read later; it also warms the session up. */
  async #tryOut(): Promise<void> {
    this.input.fill(127.5, 0, this.cropLength);
    try {
      await this.run(1);
    } catch (cause) {
      if (cause instanceof ModelError) throw cause;
      throw new ModelError('foreign', `the model does not take a crop of a face: ${messageOf(cause)}`, { cause });
    }
  }

  #reading(outputs: Outputs, face: number): AttributeReading {
    const one = (name: OutputName) => outputs[name][face] as number;
    const classes = (name: 'expression' | 'glasses') =>
      Object.fromEntries(this.metadata[name].map((label, i) => [label, outputs[name][face * outputWidths[name] + i]]));
    return {
      age: { years: one('age_years'), spread: one('age_spread') },
      gender: { female: one('gender') },
      smile: one('smile'),
      expression: classes('expression') as Record<ExpressionClass, number>,
      glasses: classes('glasses') as Record<GlassesClass, number>,
      eyeMakeup: one('eye_makeup'),
      lipMakeup: one('lip_makeup'),
      beard: one('beard'),
      moustache: one('moustache'),
      sideburns: one('sideburns'),
    };
  }
}

type TensorMaker = (data: Float32Array, dims: readonly number[]) => Tensor;

function requireNames(what: string, found: readonly string[], wanted: readonly string[]): void {
  const missing = wanted.filter((name) => !found.includes(name));
  if (missing.length > 0) throw new ModelError('foreign', `the model has no ${what} ${missing.join(', ')}`);
}

function valuesOf(name: OutputName, tensor: Tensor | undefined, count: number): Float32Array {
  const data = tensor?.data;
  if (!(data instanceof Float32Array) || data.length !== count * outputWidths[name]) {
    throw new ModelError(
      'foreign',
      `the model's output ${name} has another shape than ${count} x ${outputWidths[name]}`,
    );
  }
  return data;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
