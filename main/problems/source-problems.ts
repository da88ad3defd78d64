import type { ProblemCode } from '../../contract/problems.ts';
import { sourceProblemCodes } from '../../contract/problems.ts';
import type { SourceState } from '../../contract/source.ts';
import { streamAnswers } from '../../contract/source.ts';
import type { ProblemRegistry } from './problem-registry.ts';

/** Turns what a source says of itself into what the screen says. */
export function followSource(state: SourceState, problems: ProblemRegistry): void {
  const code = problemOf(state);
  // A source that is being opened again is not well yet: what was wrong stays until a picture comes.
  if (code === null && state.status === 'opening' && state.attempt > 0) return;
  problems.clear(...sourceProblemCodes.filter((other) => other !== code));
  if (code !== null) problems.raise(code, { source: state.label });
}

function problemOf(state: SourceState): ProblemCode | null {
  switch (state.status) {
    case 'waiting':
      if (state.kind === 'images') return 'pictures-missing';
      return isDenied(state) ? 'camera-denied' : (answerOf(state) ?? 'source-missing');
    case 'stalled':
      return 'source-stalled';
    case 'failed':
      return isDenied(state) ? 'camera-denied' : 'source-broken';
    default:
      return null;
  }
}

/** A server that answers with a no is there: looking whether it is on would not help. */
function answerOf({ kind, detail }: SourceState): ProblemCode | null {
  if (kind !== 'stream') return null;
  if (detail === streamAnswers.refused || detail === streamAnswers.forbidden) return 'stream-refused';
  return detail === streamAnswers.unknown ? 'stream-unknown' : null;
}

function isDenied({ kind, detail }: SourceState): boolean {
  return kind === 'camera' && detail !== null && /EACCES|EPERM|permission denied|not authori[sz]ed|busy/i.test(detail);
}
