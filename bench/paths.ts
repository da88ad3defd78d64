import { fileURLToPath } from 'node:url';
import type { EnginePaths } from '../contract/engine.ts';

export type BenchPaths = EnginePaths;

const resource = (name: string) => fileURLToPath(new URL(`../resources/${name}`, import.meta.url));

export const benchPaths: BenchPaths = {
  detectorModel: process.env.VITRINE_DETECTOR ?? resource('models/face-detector.onnx'),
  attributeModel: process.env.VITRINE_ATTRIBUTES ?? resource('models/attributes.onnx'),
  alignment: resource('models/alignment.json'),
  demoReel: resource('demo/reel.mp4'),
};
