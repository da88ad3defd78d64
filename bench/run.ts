import { parseArgs } from 'node:util';
import { switchTelemetryOff } from '../main/vision/models/onnx-runtime.ts';
import { chainTable } from './chain.ts';
import { machineFacts } from './machine.ts';
import { attributeNetworkTable, detectorTable } from './networks.ts';
import { benchPaths } from './paths.ts';

/**
 * `npm run bench`: what the engine costs on this machine, as Markdown for docs/performance.md.
 * `--application MINUTES` measures the whole application on the demo reel instead, `--soak MINUTES` whether anything in it
 * grows, `--insights` the statistics of two years.
 */
switchTelemetryOff();
const { values } = parseArgs({
  options: { application: { type: 'string' }, soak: { type: 'string' }, insights: { type: 'boolean' } },
});
console.log(`## Machine\n\n${machineFacts()}\n`);
if (values.application !== undefined) {
  const { applicationReport } = await import('./application.ts');
  console.log(`## The whole application\n\n${await applicationReport(Number(values.application))}\n`);
} else if (values.soak !== undefined) {
  const { soakReport } = await import('./soak/soak.ts');
  console.log(`## Nothing grows\n\n${await soakReport(Number(values.soak))}\n`);
} else if (values.insights) {
  const { insightsTable } = await import('./insights.ts');
  console.log(`## Statistics of two years\n\n${insightsTable()}\n`);
} else {
  console.log(`## The attribute network alone\n\n${await attributeNetworkTable(benchPaths)}\n`);
  console.log(`## The detector alone\n\n${await detectorTable(benchPaths)}\n`);
  console.log(`## The way of a frame, 1280x720\n\n${await chainTable(benchPaths)}\n`);
}
process.exit(0);
