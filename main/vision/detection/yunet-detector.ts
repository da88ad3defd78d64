import type * as OnnxRuntime from 'onnxruntime-node';
import { ModelError } from '../models/model-error.ts';
import { readOnnxMetadata } from '../models/onnx-metadata.ts';
import { loadOnnxRuntime, sessionOptions } from '../models/onnx-runtime.ts';
import { nameOfFile, vitrineMetadata } from '../models/vitrine-metadata.ts';
import { type DetectionEffort, type DetectionSize, detectionSize } from './detection-scale.ts';
import type { Detection, DetectorInput, FaceDetector } from './face-detector.ts';
import { type StrideMaps, strides, YunetDecoder } from './yunet-decoder.ts';

/** Working point for files of the family that carry no metadata of ours. */
const familyMinScore = 0.6;

const channels = { cls: 1, obj: 1, bbox: 4, kps: 10 } as const;
type MapKind = keyof typeof channels;
const mapKinds = Object.keys(channels) as readonly MapKind[];

export interface YunetOptions {
  /** Intra-op threads, 1 by default: a second one takes a core from decoding and drawing to save a few milliseconds. */
  readonly threads?: number;
}

/**
 * A detector of the YuNet family: input `input` [1, 3, height, width], BGR, 0..255, both sides multiples of 32; outputs
 * `cls_s`, `obj_s` [1, n, 1], `bbox_s` [1, n, 4], `kps_s` [1, n, 10] for the strides s = 8, 16, 32.
 *
 * @param modelPath absolute path of the ONNX file
 * @throws ModelError `missing`, `damaged` or `foreign`
 */
export async function createYunetDetector(modelPath: string, options: YunetOptions = {}): Promise<FaceDetector> {
  const properties = await readOnnxMetadata(modelPath);
  const facts = vitrineMetadata(properties, 'face-detector');
  const ort = await loadOnnxRuntime();
  const session = await openSession(ort, modelPath, options.threads ?? 1);
  const detector = new YunetDetector(ort, session, {
    name: facts?.name ?? nameOfFile(modelPath),
    version: facts?.version ?? 'unknown',
    minScore: workingPoint(facts?.working_point),
  });
  await detector.probe();
  return detector;
}

async function openSession(ort: typeof OnnxRuntime, modelPath: string, threads: number) {
  let session: OnnxRuntime.InferenceSession;
  try {
    session = await ort.InferenceSession.create(modelPath, sessionOptions({ threads, keepMemory: true }));
  } catch (cause) {
    throw new ModelError('damaged', `the detector cannot be loaded: ${String(cause)}`, { cause });
  }
  const complaint = contractComplaint(session);
  if (complaint !== null) {
    await session.release();
    throw new ModelError('foreign', complaint);
  }
  return session;
}

/** @returns what keeps the model from being a detector of this family, or null */
function contractComplaint(session: OnnxRuntime.InferenceSession): string | null {
  const [input] = session.inputMetadata;
  if (session.inputMetadata.length !== 1 || input?.name !== 'input' || !input.isTensor || input.type !== 'float32') {
    return 'the model does not take one picture named "input"';
  }
  const [batch, planes, ...sides] = input.shape;
  if ((typeof batch === 'number' && batch !== 1) || planes !== 3 || sides.length !== 2) {
    return `the model takes pictures of the shape [${input.shape.join(', ')}] instead of [1, 3, height, width]`;
  }
  if (sides.some((side) => typeof side === 'number')) {
    return `the model takes pictures of ${sides[1]} x ${sides[0]} pixels only`;
  }
  for (const kind of mapKinds) {
    for (const stride of strides) {
      const output = session.outputMetadata.find(({ name }) => name === `${kind}_${stride}`);
      if (!output?.isTensor || output.type !== 'float32') return `the model has no output ${kind}_${stride}`;
      const last = output.shape.at(-1);
      if (typeof last === 'number' && last !== channels[kind])
        return `the output ${kind}_${stride} has ${last} channels`;
    }
  }
  return null;
}

function workingPoint(value: unknown): number {
  return typeof value === 'number' && value > 0 && value < 1 ? value : familyMinScore;
}

interface DetectorFacts {
  readonly name: string;
  readonly version: string;
  readonly minScore: number;
}

/** Tensors for one input size; the runtime reads from and writes into their arrays directly. */
interface Buffers {
  readonly size: DetectionSize;
  readonly planes: Float32Array;
  readonly feeds: Readonly<Record<string, OnnxRuntime.Tensor>>;
  readonly fetches: Readonly<Record<string, OnnxRuntime.Tensor>>;
  readonly maps: readonly StrideMaps[];
}

class YunetDetector implements FaceDetector {
  readonly name: string;
  readonly version: string;
  readonly defaultMinScore: number;
  readonly #ort: typeof OnnxRuntime;
  readonly #session: OnnxRuntime.InferenceSession;
  readonly #decoder = new YunetDecoder();
  /** Of the size last used. A source keeps its size, so that nothing is allocated from frame to frame. */
  #buffers: Buffers | null = null;
  #disposed = false;

  constructor(ort: typeof OnnxRuntime, session: OnnxRuntime.InferenceSession, facts: DetectorFacts) {
    this.#ort = ort;
    this.#session = session;
    this.name = facts.name;
    this.version = facts.version;
    this.defaultMinScore = facts.minScore;
  }

  /** Runs an empty picture, so that a model which computes other shapes than it declares is found out at once. */
  async probe(): Promise<void> {
    const side = 64;
    const buffers = this.#buffersFor({ scaledWidth: side, scaledHeight: side, inputWidth: side, inputHeight: side });
    try {
      await this.#session.run(buffers.feeds, buffers.fetches);
    } catch (cause) {
      await this.dispose();
      throw new ModelError('foreign', `the detector does not compute what its family does: ${String(cause)}`, {
        cause,
      });
    }
  }

  async detect(
    input: DetectorInput,
    smallestFacePx: number,
    minScore: number,
    effort: DetectionEffort = 'live',
  ): Promise<readonly Detection[]> {
    if (this.#disposed) throw new Error('the detector has been disposed of');
    const size = detectionSize(input.width, input.height, smallestFacePx, effort);
    const buffers = this.#buffersFor(size);
    fillPlanes(buffers.planes, input.scaledRgb(size.scaledWidth, size.scaledHeight), size);
    await this.#session.run(buffers.feeds, buffers.fetches);
    return this.#decoder.decode(buffers.maps, minScore, {
      frameWidth: input.width,
      frameHeight: input.height,
      scaleX: input.width / size.scaledWidth,
      scaleY: input.height / size.scaledHeight,
    });
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#buffers = null;
    await this.#session.release();
  }

  #buffersFor(size: DetectionSize): Buffers {
    const { size: held } = this.#buffers ?? {};
    const same =
      held?.inputWidth === size.inputWidth &&
      held.inputHeight === size.inputHeight &&
      held.scaledWidth === size.scaledWidth &&
      held.scaledHeight === size.scaledHeight;
    if (!same || this.#buffers === null) this.#buffers = allocate(this.#ort, size);
    return this.#buffers;
  }
}

function allocate(ort: typeof OnnxRuntime, size: DetectionSize): Buffers {
  const { inputWidth, inputHeight } = size;
  // Padding is black: zero from the start and never written again.
  const planes = new Float32Array(3 * inputWidth * inputHeight);
  const fetches: Record<string, OnnxRuntime.Tensor> = {};
  const maps = strides.map((stride): StrideMaps => {
    const columns = inputWidth / stride;
    const cells = columns * (inputHeight / stride);
    const output = (kind: MapKind): Float32Array => {
      const data = new Float32Array(cells * channels[kind]);
      fetches[`${kind}_${stride}`] = new ort.Tensor('float32', data, [1, cells, channels[kind]]);
      return data;
    };
    return { stride, columns, cls: output('cls'), obj: output('obj'), bbox: output('bbox'), kps: output('kps') };
  });
  const feeds = { input: new ort.Tensor('float32', planes, [1, 3, inputHeight, inputWidth]) };
  return { size, planes, feeds, fetches, maps };
}

/** RGB24, tightly packed, into planes in the order blue, green, red. */
function fillPlanes(planes: Float32Array, rgb: Uint8Array, size: DetectionSize): void {
  const { scaledWidth, scaledHeight, inputWidth, inputHeight } = size;
  const plane = inputWidth * inputHeight;
  let from = 0;
  for (let row = 0; row < scaledHeight; row++) {
    let to = row * inputWidth;
    for (let column = 0; column < scaledWidth; column++, to++, from += 3) {
      planes[to + 2 * plane] = rgb[from] as number;
      planes[to + plane] = rgb[from + 1] as number;
      planes[to] = rgb[from + 2] as number;
    }
  }
}
