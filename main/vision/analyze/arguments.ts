import { parseArgs } from 'node:util';

export interface AnalysisArguments {
  readonly paths: readonly string[];
  /** Each so many-th frame of a video. */
  readonly every: number;
  /** Working point of the detector, 0..1, or null for the one in its metadata. */
  readonly minScore: number | null;
  /** Height of the smallest wanted face in pixels, or null for the usual one. */
  readonly smallestPx: number | null;
}

export const usage = `Finds faces in pictures and videos and reads ten attributes from each; one JSON line per frame.

  npm run --silent analyze -- <image | video | folder>... [options]

  --every N       analyse every N-th frame of a video (1)
  --min-score S   least score of a face, 0 to 1 (the detector's own working point)
  --smallest PX   height in pixels of the smallest face to be found (24)
  --help          this text
`;

/** What is wrong with the command line, as one sentence for the person who typed it. */
export class UsageError extends Error {}

/**
 * @returns null where help was asked for
 * @throws UsageError
 */
export function parseArguments(args: readonly string[]): AnalysisArguments | null {
  const { values, positionals } = parsed(args);
  if (values.help) return null;
  if (positionals.length === 0) throw new UsageError('Give at least one picture, video or folder.');
  return {
    paths: positionals,
    every: numberOf('--every', values.every, 1, Number.MAX_SAFE_INTEGER, true) ?? 1,
    minScore: numberOf('--min-score', values['min-score'], 0, 1, false),
    smallestPx: numberOf('--smallest', values.smallest, 1, 10_000, false),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        every: { type: 'string' },
        'min-score': { type: 'string' },
        smallest: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(name: string, text: string | undefined, from: number, to: number, whole: boolean): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (text.trim() === '' || !(value >= from && value <= to) || (whole && !Number.isInteger(value))) {
    const limits = to === Number.MAX_SAFE_INTEGER ? `of ${from} or more` : `from ${from} to ${to}`;
    throw new UsageError(`${name} takes a ${whole ? 'whole ' : ''}number ${limits}, not "${text}".`);
  }
  return value;
}
