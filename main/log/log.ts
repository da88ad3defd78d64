import { join } from 'node:path';
import electronLog from 'electron-log/node.js';
import { redact } from './redact.ts';
import { rotate } from './rotation.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** `message` is one plain sentence; `detail` is for whoever looks into the cause. */
export type Log = (level: LogLevel, message: string, detail?: unknown) => void;

const maxBytesPerFile = 1_000_000;
const filesKept = 4;
/** A line longer than this is a dump of something, not a message. */
const longestLine = 3_500;
/** Longer by more than the longest address, so that the cut through one of them is never written. */
const longestRead = 2 * longestLine;

/**
 * A log of at most five files of a megabyte under `<folder>/logs`, named after the process that writes it, mirrored to stderr. Nothing about people goes in:
 * no picture, no landmark, no attribute, and neither passwords nor the name of the account.
 */
export function openLog(folder: string, { name = 'vitrine', verbose = false, maxBytes = maxBytesPerFile } = {}): Log {
  const logger = electronLog.create({ logId: name });
  const file = logger.transports.file;
  file.resolvePathFn = () => join(folder, 'logs', `${name}.log`);
  file.level = 'info';
  file.maxSize = maxBytes;
  file.archiveLogFn = (old) => {
    try {
      rotate(old.path, filesKept);
    } catch {
      old.clear();
    }
  };
  logger.transports.console.level = verbose ? 'debug' : 'warn';
  logger.transports.console.useStyles = false;
  return (level, message, detail) => {
    const line = detail === undefined ? message : `${message} (${textOf(detail)})`;
    // First the passwords, then the cut: half an address would no longer be known for one.
    logger[level](redact(line.slice(0, longestRead)).slice(0, longestLine));
  };
}

function textOf(detail: unknown): string {
  if (detail instanceof Error) return detail.stack ?? String(detail);
  return typeof detail === 'string' ? detail : JSON.stringify(detail);
}
