import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { EngineEvent, EnginePaths, ModelFacts } from '../../contract/engine.ts';
import { type AlignmentTemplate, parseAlignmentTemplate } from './attributes/alignment.ts';
import { AttributeNetwork } from './attributes/attribute-network.ts';
import { AttributeReader } from './attributes/attribute-reader.ts';
import type { FaceDetector } from './detection/face-detector.ts';
import { createYunetDetector } from './detection/yunet-detector.ts';
import { FrameAnalyser } from './frame-analyser.ts';
import { ModelError } from './models/model-error.ts';
import { FaceTracker } from './tracking/face-tracker.ts';

/** The two networks, as far as they could be loaded, composed for the frame loop. */
export interface LoadedModels {
  readonly analyser: FrameAnalyser;
  readonly detectorFacts: ModelFacts | null;
  readonly attributeFacts: ModelFacts | null;
  dispose(): Promise<void>;
}

/** Most faces of one run of the network: more of them in one run are hardly cheaper, and hold up the frame. */
const maxBatch = 8;

/** Threads of the attribute network: decoding and drawing need a core of their own. */
export function networkThreads(): number {
  return Math.max(1, Math.min(2, availableParallelism() - 2));
}

/** Loads what can be loaded; what cannot is told as `model-unavailable`, and the engine goes on without it. */
export async function loadModels(paths: EnginePaths, post: (event: EngineEvent) => void): Promise<LoadedModels> {
  const [detector, [template, network]] = await Promise.all([
    orUnavailable('detector', post, () => createYunetDetector(paths.detectorModel)),
    loadAttributes(paths, post),
  ]);
  const now = () => performance.now();
  const reader = new AttributeReader(template, network, now);
  const minScore = detector?.defaultMinScore ?? 1;
  return {
    analyser: new FrameAnalyser({ detector, tracker: new FaceTracker({ minScore }), reader, now }),
    detectorFacts: detector && factsOf(detector, paths.detectorModel),
    attributeFacts: network && factsOf(network.metadata, paths.attributeModel),
    dispose: async () => {
      await Promise.all([detector?.dispose(), network?.dispose()]);
    },
  };
}

/** Without the template no face can be judged either, so a copy of its points stands in for a missing file. */
async function loadAttributes(
  paths: EnginePaths,
  post: (event: EngineEvent) => void,
): Promise<[AlignmentTemplate, AttributeNetwork | null]> {
  const template = await orUnavailable('attributes', post, () => loadTemplate(paths.alignment));
  if (!template) return [standInTemplate, null];
  const options = { alignmentId: template.id, maxBatch, threads: networkThreads() };
  return [
    template,
    await orUnavailable('attributes', post, () => AttributeNetwork.load(paths.attributeModel, options)),
  ];
}

const standInTemplate: AlignmentTemplate = {
  id: 'none',
  points: [
    [0.34, 0.355],
    [0.66, 0.355],
    [0.5, 0.538],
    [0.3675, 0.724],
    [0.6325, 0.724],
  ],
  maxSupersampling: 1,
};

/** @throws ModelError `missing` or `damaged` */
export async function loadTemplate(path: string): Promise<AlignmentTemplate> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new ModelError('missing', `cannot open the alignment template: ${String(cause)}`, { cause });
  }
  try {
    return parseAlignmentTemplate(text);
  } catch (cause) {
    throw new ModelError('damaged', `the alignment template is not valid: ${String(cause)}`, { cause });
  }
}

async function orUnavailable<Loaded>(
  model: 'detector' | 'attributes',
  post: (event: EngineEvent) => void,
  load: () => Promise<Loaded>,
): Promise<Loaded | null> {
  try {
    return await load();
  } catch (error) {
    const reason = error instanceof ModelError ? error.reason : 'damaged';
    post({ type: 'model-unavailable', model, reason, detail: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

function factsOf(model: FaceDetector | AttributeNetwork['metadata'], path: string): ModelFacts {
  return { name: model.name, version: model.version, fileName: basename(path) };
}
