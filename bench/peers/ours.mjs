import { findFaces } from '../../main/vision/analyze/find-faces.ts';
import { readFace } from '../../main/vision/analyze/read-face.ts';
import { AttributeNetwork } from '../../main/vision/attributes/attribute-network.ts';
import { createYunetDetector } from '../../main/vision/detection/yunet-detector.ts';
import { loadTemplate } from '../../main/vision/load-models.ts';
import { benchPaths } from '../paths.ts';

/** The usual one of `npm run analyze`, in pixels. */
const smallestPx = 24;

/** Our chain as `npm run analyze` runs it for a picture: several scales, the face and its mirror image. */
export async function ourReader() {
  const detector = await createYunetDetector(benchPaths.detectorModel, { threads: 1 });
  const template = await loadTemplate(benchPaths.alignment);
  const network = await AttributeNetwork.load(benchPaths.attributeModel, {
    alignmentId: template.id,
    maxBatch: 2,
    threads: 1,
  });
  const wanted = { smallestPx, minScore: detector.defaultMinScore, searchHarder: true };
  return {
    name: 'ours',
    network: `${detector.name} ${detector.version}, attribute network ${network.metadata.version}`,
    async read(picture) {
      const [face] = (await findFaces(detector, picture, wanted)).toSorted((a, b) => b.box.height - a.box.height);
      const { attributes } = face ? await readFace(network, template, picture, face.landmarks, true) : {};
      if (!attributes) return null;
      return {
        age: attributes.age.years,
        gender: attributes.gender.female >= 0.5 ? 'female' : 'male',
        expression: Object.entries(attributes.expression).sort(([, a], [, b]) => b - a)[0][0],
      };
    },
  };
}
