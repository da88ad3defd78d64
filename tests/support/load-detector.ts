import { createYunetDetector } from '../../main/vision/detection/yunet-detector.ts';

// A process that loads a detector, looks at one grey picture and ends: for watching what it leaves behind.
// Usage: node load-detector.ts <model>
const detector = await createYunetDetector(process.argv[2] ?? '');
const grey = new Uint8Array(320 * 256 * 3).fill(128);
await detector.detect({ width: 320, height: 256, scaledRgb: () => grey }, 11, 0.5);
await new Promise((resolve) => setTimeout(resolve, 500));
await detector.dispose();
