import { cpus, loadavg, release, totalmem } from 'node:os';

/** What the figures were measured on, and how busy it was with other things just then. */
export function machineFacts(): string {
  const [cpu] = cpus();
  return [
    `- ${cpus().length} x ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `- ${process.platform} ${release()}, Node.js ${process.version}`,
    `- ${new Date().toISOString().slice(0, 16)}Z, load of the last minute before the start: ${loadavg()[0]?.toFixed(1)}`,
  ].join('\n');
}
