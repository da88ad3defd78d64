import { basename } from 'node:path';
import { ModelError } from './model-error.ts';

export type ModelKind = 'face-detector' | 'face-attributes';

/** What our own model files say about themselves, under the metadata key `vitrine`; further keys depend on the kind. */
export interface VitrineMetadata {
  readonly kind: ModelKind;
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

/**
 * @param properties from `readOnnxMetadata`
 * @returns null where the file carries no metadata of ours (another YuNet, for example)
 * @throws ModelError `foreign` where it is of another kind, `damaged` where its metadata is no valid JSON object
 */
export function vitrineMetadata(properties: ReadonlyMap<string, string>, kind: ModelKind): VitrineMetadata | null {
  const text = properties.get('vitrine');
  if (text === undefined) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new ModelError('damaged', 'the metadata of the model is not valid JSON', { cause });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ModelError('damaged', 'the metadata of the model is not a JSON object');
  }
  const facts = parsed as Record<string, unknown>;
  if (facts.kind !== kind)
    throw new ModelError('foreign', `the model is of the kind ${String(facts.kind)}, not ${kind}`);
  return { ...facts, kind, name: textOr(facts.name, kind), version: textOr(facts.version, 'unknown') };
}

/** A name to show for a file without metadata of ours: the file's own name without its ending. */
export function nameOfFile(path: string): string {
  return basename(path).replace(/\.onnx$/i, '');
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}
