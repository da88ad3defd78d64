import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../tests/support/simulated-faces.ts';
import { histogramHiding, neverHidden, tableHiding, thresholdFor, thresholds } from './hiding.ts';
import { suppressHistogram } from './suppression.ts';

describe('what is hidden from which threshold on', () => {
  it('takes the next threshold that is not smaller than the one set', () => {
    expect([5, 11, 21, 25, 999, 1000].map(thresholdFor)).toEqual([5, 11, 25, 25, 1000, 1000]);
  });

  it('hides in a histogram at least what its own threshold asks for', () => {
    const counts = [30, 2, 12, 0, 19];
    const from = histogramHiding(counts);
    expect(from[3]).toBe(neverHidden);
    for (const threshold of thresholds) {
      const needed = suppressHistogram(counts, threshold).counts;
      const hidden = from.map((at) => at <= threshold);
      counts.forEach((count, i) => {
        if (count > 0 && count < threshold) expect(hidden[i], `${count} at ${threshold}`).toBe(true);
      });
      expect(hidden.filter(Boolean).length).toBeGreaterThanOrEqual(needed.filter((count) => count === null).length);
    }
  });

  it('hides every small cell of random tables at each threshold', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 60; round++) {
      const cells = Array.from({ length: 1 + Math.floor(random() * 5) }, () =>
        Array.from({ length: 3 }, () => (random() < 0.2 ? 0 : Math.floor(random() ** 2 * 60))),
      );
      const from = tableHiding(cells);
      for (const threshold of [5, 11, 20, 50]) {
        cells.flat().forEach((count, i) => {
          const hidden = (from.cells.flat()[i] ?? 0) <= threshold;
          if (count > 0 && count < threshold) expect(hidden).toBe(true);
        });
      }
    }
  });
});
