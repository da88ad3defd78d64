import { Engine } from './engine.ts';
import { engineParts } from './engine-parts.ts';
import { portOfThisProcess } from './engine-port.ts';
import { switchTelemetryOff } from './models/onnx-runtime.ts';

/**
 * The engine as a worker thread or as a utility process. Whatever nobody caught is reported, and then the engine ends
 * in order with exit status 1: its supervisor starts a new one. It is never ended in the middle of native code.
 */
switchTelemetryOff();
const port = portOfThisProcess();
if (port) {
  const engine = new Engine(port, engineParts);
  const fail = (error: unknown) => {
    process.exitCode = 1;
    port.postMessage({
      type: 'log',
      level: 'error',
      message: 'The engine met an unexpected error and starts again.',
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    void engine.stop();
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
} else {
  console.error('This is the engine of Vitrine. It is started by the application; type "npm start".');
  process.exitCode = 2;
}
