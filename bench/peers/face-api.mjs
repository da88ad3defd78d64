import { loadPeerModule, peerFile } from './packages.mjs';

const usualThreshold = 0.5;
const models = peerFile('@vladmandic/face-api/model');

async function startFaceApi(...nets) {
  const faceapi = loadPeerModule('@vladmandic/face-api/dist/face-api.node-wasm.js');
  for (const net of nets) await faceapi.nets[net].loadFromDisk(models);
  return faceapi;
}

const rowOf = ({ box, score }) => [box.x, box.y, box.width, box.height, score];

/** SSD MobileNet v1. It fits every picture into 512x512. */
export async function ssdDetector(minScore = usualThreshold) {
  const faceapi = await startFaceApi('ssdMobilenetv1');
  const options = new faceapi.SsdMobilenetv1Options({ minConfidence: minScore, maxResults: 100 });
  return {
    name: 'face-api SSD',
    network: 'SSD MobileNet v1, 512x512',
    usualThreshold,
    detect: async (tensor) => (await faceapi.detectAllFaces(tensor, options)).map(rowOf),
  };
}

/** Tiny YOLO v2 with an input of its caller's choice: here the picture's longest side, so that nothing is lost by scaling. */
export async function tinyDetector(minScore = usualThreshold) {
  const faceapi = await startFaceApi('tinyFaceDetector');
  return {
    name: 'face-api Tiny',
    network: "Tiny face detector, the picture's own size",
    usualThreshold,
    async detect(tensor) {
      const [height, width] = tensor.shape.slice(-3);
      const inputSize = 32 * Math.ceil(Math.max(height, width) / 32);
      const options = new faceapi.TinyFaceDetectorOptions({ inputSize, scoreThreshold: minScore });
      return (await faceapi.detectAllFaces(tensor, options)).map(rowOf);
    },
  };
}

/** The chain of the package's own example: SSD, landmarks, expressions, age and gender. */
export async function faceApiReader() {
  const faceapi = await startFaceApi('ssdMobilenetv1', 'faceLandmark68Net', 'faceExpressionNet', 'ageGenderNet');
  const options = new faceapi.SsdMobilenetv1Options({ minConfidence: 0.1, maxResults: 1 });
  return {
    name: 'face-api',
    network: 'SSD MobileNet v1, landmarks, expressions, age and gender',
    async read(tensor) {
      const face = await faceapi
        .detectSingleFace(tensor, options)
        .withFaceLandmarks()
        .withFaceExpressions()
        .withAgeAndGender();
      if (!face) return null;
      const [[expression]] = Object.entries(face.expressions).sort(([, a], [, b]) => b - a);
      return { age: face.age, gender: face.gender, expression: ours[expression] ?? expression };
    },
  };
}

const ours = {
  happy: 'happiness',
  sad: 'sadness',
  angry: 'anger',
  fearful: 'fear',
  disgusted: 'disgust',
  surprised: 'surprise',
};
