import { ms, Samples } from '../samples.ts';

/**
 * Milliseconds of each system, one call each in turn, so that a busy machine is equally unfair to all of them.
 *
 * @returns for each system its least and median time as text
 */
export async function takeTurns(runs, { warmUp, measured }) {
  const times = runs.map(() => new Samples());
  for (let round = -warmUp; round < measured; round++) {
    for (let turn = 0; turn < runs.length; turn++) {
      // Another one begins each round: what runs after a large network finds the caches full of its weights.
      const index = (turn + warmUp + round) % runs.length;
      const started = performance.now();
      await runs[index](Math.max(0, round));
      if (round >= 0) times[index].add(performance.now() - started);
    }
  }
  return times.map(({ least, median }) => `${ms(least)}, ${ms(median)}`);
}
