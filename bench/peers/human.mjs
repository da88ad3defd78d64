import { loadPeerModule, peerFile } from './packages.mjs';
import { fileUrl, wasmFolder } from './tensorflow.mjs';

/** `@vladmandic/human` with everything off but the parts of a face that are asked for. */
async function startHuman(face) {
  // By its path: the package's list of exports names this file in a form that Node.js does not take.
  const { Human } = loadPeerModule(peerFile('@vladmandic/human/dist/human.node-wasm.js'));
  const off = { enabled: false };
  const human = new Human({
    backend: 'wasm',
    wasmPath: wasmFolder,
    modelBasePath: fileUrl(`${peerFile('@vladmandic/human/models')}/`),
    debug: false,
    async: false,
    cacheSensitivity: 0, // every picture is another one
    filter: off,
    gesture: off,
    body: off,
    hand: off,
    object: off,
    segmentation: off,
    face: { enabled: true, iris: off, antispoof: off, liveness: off, attention: off, ...face },
  });
  await human.load();
  return human;
}

async function facesOf(human, tensor) {
  const { face, error } = await human.detect(tensor);
  if (error) throw new Error(`human: ${error}`);
  return face;
}

/** BlazeFace (back variant). It squeezes every picture into 256x256. */
export async function humanDetector(minScore = 0.2) {
  const off = { enabled: false };
  const human = await startHuman({
    // 1 instead of 1.4: the box of the network, not the wider one for the networks that follow.
    detector: { rotation: false, maxDetected: 100, minConfidence: minScore, scale: 1 },
    mesh: off,
    emotion: off,
    description: off,
  });
  return {
    name: 'human',
    network: 'BlazeFace back, 256x256',
    usualThreshold: 0.2,
    async detect(tensor) {
      return (await facesOf(human, tensor)).map(({ box, score }) => [...box, score]);
    },
  };
}

/** The package's usual chain (mesh, FaceRes, emotion), as its defaults have it but for the pose and eyes, which are not asked. */
export async function humanReader() {
  const human = await startHuman({
    detector: { maxDetected: 1 },
    mesh: { enabled: true },
    emotion: { enabled: true, minConfidence: 0 },
    description: { enabled: true },
  });
  return {
    name: 'human',
    network: 'BlazeFace, FaceMesh, FaceRes, emotion (oarriaga)',
    async read(tensor) {
      const [face] = await facesOf(human, tensor);
      if (!face) return null;
      // The package leaves an age of 0 out, which it gives babies.
      return { age: face.age ?? 0, gender: face.gender, expression: nameOf(face.emotion?.[0]?.emotion) };
    },
  };
}

const ours = {
  angry: 'anger',
  disgust: 'disgust',
  fear: 'fear',
  happy: 'happiness',
  neutral: 'neutral',
  sad: 'sadness',
};
const nameOf = (emotion) => ours[emotion] ?? emotion;
