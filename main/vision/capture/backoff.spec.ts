import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

describe('Backoff', () => {
  it('doubles the wait up to the limit and stays there', () => {
    const backoff = new Backoff({ firstMs: 500, maxMs: 5000 });
    expect(Array.from({ length: 6 }, () => backoff.next())).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
    expect(backoff.attempts).toBe(6);
  });

  it('begins anew after a success', () => {
    const backoff = new Backoff({ firstMs: 100, maxMs: 1000 });
    backoff.next();
    backoff.next();
    backoff.reset();
    expect(backoff.attempts).toBe(0);
    expect(backoff.next()).toBe(100);
  });

  it('stays finite after thousands of attempts', () => {
    const backoff = new Backoff({ firstMs: 500, maxMs: 30_000 });
    for (let attempt = 0; attempt < 5000; attempt++) backoff.next();
    expect(backoff.next()).toBe(30_000);
  });
});
