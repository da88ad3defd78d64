import type { AttributeReading } from '../../../contract/attributes.ts';
import type { FaceLandmarks } from '../../../contract/geometry.ts';
import { type AlignmentTemplate, fitSimilarity, mirrorCrop, sampleCrop } from '../attributes/alignment.ts';
import type { AttributeNetwork } from '../attributes/attribute-network.ts';
import { estimatePose } from '../attributes/pose.ts';
import { qualityOf, sharpnessOf } from '../attributes/quality.ts';
import { average } from './average.ts';
import type { Picture } from './picture.ts';

export interface FaceReading {
  /** 0..1 */
  readonly quality: number;
  readonly attributes: AttributeReading | null;
}

/**
 * Reads one face, however small, blurred or turned away it is.
 *
 * @param twice whether its mirror image is read as well, and the mean of both given
 */
export async function readFace(
  network: AttributeNetwork,
  template: AlignmentTemplate,
  { rgb, width, height }: Picture,
  landmarks: FaceLandmarks,
  twice: boolean,
): Promise<FaceReading> {
  const transform = fitSimilarity(landmarks, template);
  if (!transform) return { quality: 0, attributes: null };
  const { inputSize } = network.metadata;
  sampleCrop(rgb, width, height, transform, inputSize, template.maxSupersampling, network.input, 0);
  const sharpness = sharpnessOf(network.input, 0, inputSize);
  if (twice) mirrorCrop(network.input, 0, network.cropLength, inputSize);
  const [straight, mirrored] = await network.run(twice ? 2 : 1);
  return {
    quality: qualityOf(transform.side, estimatePose(landmarks), sharpness),
    attributes: straight ? (mirrored ? average(straight, mirrored) : straight) : null,
  };
}
