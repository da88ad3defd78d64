import { Samples } from '../samples.ts';

/**
 * Milliseconds of each system, one call each in turn, so that a busy machine is equally unfair to all of them.
 *
 * @param runs each is told its round, 0 while warming up
 * @returns {Promise<readonly Samples[]>} one for each system
 */
export async function takeTurns(runs, { warmUp, measured }) {
  const times = runs.map(() => new Samples());
  for (let round = -warmUp; round < measured; round++) {
    for (let turn = 0; turn < runs.length; turn++) {
      // To and fro: what always ran after the same large network would find the caches full of its weights.
      const index = round % 2 === 0 ? turn : runs.length - 1 - turn;
      const started = performance.now();
      await runs[index](Math.max(0, round));
      if (round >= 0) times[index].add(performance.now() - started);
    }
  }
  return times;
}
