import { fileURLToPath } from 'node:url';
import { AttributeNetwork } from '../attributes/attribute-network.ts';
import { createFrameSource } from '../capture/create-frame-source.ts';
import { createYunetDetector } from '../detection/yunet-detector.ts';
import { loadTemplate } from '../load-models.ts';
import { ModelError } from '../models/model-error.ts';
import { type AnalysisContext, analyseFile, UnreadableError } from './analyse-file.ts';
import { type AnalysisArguments, parseArguments, UsageError, usage } from './arguments.ts';
import { type AnalysisInput, inputsOf } from './inputs.ts';
import { LineWriter } from './line-writer.ts';
import { Progress } from './progress.ts';
import { errorLine, frameLine } from './record.ts';

/** `npm run --silent analyze -- ...`: the engine without a window. Exit status: 0, 1 (a file was unreadable), 2 (usage). */

const defaultSmallestPx = 24;
const threads = 1;
const maxBatch = 8;

const resource = (name: string) => fileURLToPath(new URL(`../../../resources/models/${name}`, import.meta.url));

/** Other model files of the same kinds can be tried out without touching the installed ones. */
const modelFiles = {
  detector: process.env.VITRINE_DETECTOR ?? resource('face-detector.onnx'),
  attributes: process.env.VITRINE_ATTRIBUTES ?? resource('attributes.onnx'),
};

async function contextFor({ every, minScore, smallestPx }: AnalysisArguments): Promise<AnalysisContext> {
  const template = await loadTemplate(resource('alignment.json'));
  const [detector, network] = await Promise.all([
    createYunetDetector(modelFiles.detector, { threads }),
    AttributeNetwork.load(modelFiles.attributes, { alignmentId: template.id, maxBatch, threads }),
  ]);
  return {
    detector,
    network,
    template,
    openSource,
    every,
    minScore,
    smallestPx: smallestPx ?? defaultSmallestPx,
  };
}

const sourceOptions = { mirror: false, rotateDegrees: 0, realTime: false, demoReel: '' } as const;

function openSource({ kind, path }: AnalysisInput, every: number) {
  return kind === 'picture'
    ? createFrameSource({ kind: 'images', path }, sourceOptions)
    : createFrameSource({ kind: 'video', path, loop: false }, { ...sourceOptions, every });
}

async function analyseAll(context: AnalysisContext, inputs: readonly AnalysisInput[]): Promise<number> {
  const lines = new LineWriter(process.stdout);
  const progress = new Progress(process.stderr);
  let unreadable = 0;
  for (const [done, input] of inputs.entries()) {
    try {
      for await (const found of analyseFile(context, input)) {
        progress.frame(done, inputs.length, input.source);
        await lines.write(frameLine(found));
        if (lines.gone) break;
      }
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      unreadable++;
      await lines.write(errorLine(input.source, error.message));
    }
    if (lines.gone) break;
  }
  progress.clear();
  await lines.flush();
  if (lines.failure) throw lines.failure;
  return unreadable > 0 ? 1 : 0;
}

async function main(): Promise<number> {
  const given = parseArguments(process.argv.slice(2));
  if (!given) {
    process.stdout.write(usage);
    return 0;
  }
  const context = await contextFor(given);
  const inputs: AnalysisInput[] = [];
  for await (const input of inputsOf(given.paths, process.cwd())) inputs.push(input);
  try {
    return await analyseAll(context, inputs);
  } finally {
    await Promise.all([context.detector.dispose(), context.network.dispose()]);
  }
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${usage}`;
  if (error instanceof ModelError) {
    return `A model file is ${error.reason}; put the project's resources/models back. (${error.message})\n`;
  }
  return `The analysis failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(explain(error));
    process.exit(2);
  },
);
