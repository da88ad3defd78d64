import '../zod-without-eval.ts';
import { createFakeBridge } from './fake-bridge.ts';

Object.defineProperty(window, 'vitrine', { value: createFakeBridge(new URLSearchParams(location.search)) });
await import('../main.ts');
