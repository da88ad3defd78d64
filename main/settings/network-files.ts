import type { Network } from '../../contract/settings.ts';

/** The attribute networks' files in `resources/models`. */
export const networkFiles: Readonly<Record<Network, string>> = {
  standard: 'attributes.onnx',
  light: 'attributes-light.onnx',
};
