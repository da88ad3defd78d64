import { type FileHandle, open } from 'node:fs/promises';
import { ModelError } from './model-error.ts';

/**
 * Reads `metadata_props` of an ONNX file, which onnxruntime-node does not hand out. An ONNX file is one protobuf
 * message `ModelProto`; the walk looks at its top-level fields only and skips over the graph, so that a large model
 * costs a few small reads. Source of the field numbers: onnx/onnx.proto (ModelProto, StringStringEntryProto).
 */

const irVersionField = 1;
const graphField = 7;
const metadataField = 14;

const varintWire = 0;
const fixed64Wire = 1;
const lengthWire = 2;
const fixed32Wire = 5;

/** A tag and a length, each a varint of at most ten bytes. */
const headerBytes = 20;
const largestEntryBytes = 1 << 20;
const mostEntries = 1000;

/**
 * @returns the properties by key; empty where the model carries none
 * @throws ModelError `missing` or `damaged`
 */
export async function readOnnxMetadata(path: string): Promise<ReadonlyMap<string, string>> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    throw new ModelError('missing', `cannot open the model: ${message(cause)}`, { cause });
  }
  try {
    return await walk(file);
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    throw new ModelError('damaged', `cannot read the model: ${message(cause)}`, { cause });
  } finally {
    await file.close();
  }
}

async function walk(file: FileHandle): Promise<ReadonlyMap<string, string>> {
  const { size } = await file.stat();
  const properties = new Map<string, string>();
  const header = new Uint8Array(headerBytes);
  const seen = new Set<number>();
  let position = 0;
  while (position < size) {
    const { bytesRead } = await file.read(header, 0, headerBytes, position);
    const cursor = { bytes: header.subarray(0, bytesRead), at: 0 };
    const tag = readVarint(cursor);
    const field = Math.floor(tag / 8);
    if (field === 0) throw new ModelError('damaged', 'not an ONNX file');
    seen.add(field);
    const wire = tag % 8;
    const length = valueLength(cursor, wire);
    position += cursor.at;
    if (position + length > size) throw new ModelError('damaged', 'the file ends in the middle of the model');
    if (field === metadataField && wire === lengthWire) {
      if (length > largestEntryBytes || properties.size >= mostEntries) {
        throw new ModelError('damaged', 'the metadata is too large');
      }
      const entry = new Uint8Array(length);
      await file.read(entry, 0, length, position);
      const [key, value] = readEntry(entry);
      properties.set(key, value);
    }
    position += length;
  }
  if (!seen.has(irVersionField) || !seen.has(graphField)) throw new ModelError('damaged', 'not an ONNX file');
  return properties;
}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

function readVarint(cursor: Cursor): number {
  let value = 0;
  let factor = 1;
  for (let i = 0; i < 10; i++) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) throw new ModelError('damaged', 'the file ends in the middle of the model');
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
    factor *= 128;
  }
  throw new ModelError('damaged', 'not an ONNX file');
}

/** Length in bytes of the value that follows; a varint is read over and has none left. */
function valueLength(cursor: Cursor, wire: number): number {
  switch (wire) {
    case varintWire:
      readVarint(cursor);
      return 0;
    case fixed64Wire:
      return 8;
    case lengthWire:
      return readVarint(cursor);
    case fixed32Wire:
      return 4;
    default:
      throw new ModelError('damaged', 'not an ONNX file');
  }
}

function readEntry(bytes: Uint8Array): [key: string, value: string] {
  const decoder = new TextDecoder();
  const texts: [string, string] = ['', ''];
  const cursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) {
    const tag = readVarint(cursor);
    const length = valueLength(cursor, tag % 8);
    const field = Math.floor(tag / 8);
    if (field === 1 || field === 2) texts[field - 1] = decoder.decode(bytes.subarray(cursor.at, cursor.at + length));
    cursor.at += length;
  }
  return texts;
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
