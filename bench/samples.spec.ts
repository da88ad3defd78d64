import { describe, expect, it } from 'vitest';
import { ms, Samples, table } from './samples.ts';

describe('Samples', () => {
  it('gives the least, the median and other quantiles, whatever the order', () => {
    const samples = new Samples();
    for (const value of [5, 1, 4, 2, 3]) samples.add(value);
    expect([samples.least, samples.median, samples.quantile(0.95)]).toEqual([1, 3, 5]);
  });

  it('knows nothing without values', () => expect(new Samples().median).toBeNaN());
});

describe('table', () => {
  it('is Markdown', () => {
    expect(table(['a', 'b'], [[1, 'x']])).toBe('| a | b |\n| --- | --- |\n| 1 | x |');
    expect([ms(1.234), ms(12.34), ms(Number.NaN)]).toEqual(['1.23', '12.3', '-']);
  });
});
