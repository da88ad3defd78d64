import { describe, expect, it } from 'vitest';
import { IdleTimer, idleAfterMs, touchEveryMs } from './idle-timer.ts';

describe('IdleTimer', () => {
  it('is idle when nobody has touched anything for long', () => {
    const timer = new IdleTimer(0);
    timer.input(1000);
    expect(timer.check(idleAfterMs)).not.toBe('idle');
    expect(timer.check(idleAfterMs + 1000)).toBe('idle');
  });

  it('keeps the lock open while somebody types, once a minute at most', () => {
    const timer = new IdleTimer(0);
    timer.input(touchEveryMs - 10);
    expect(timer.check(touchEveryMs)).toBe('touch');
    timer.input(touchEveryMs + 10);
    expect(timer.check(touchEveryMs + 20)).toBe('nothing');
    expect(timer.check(2 * touchEveryMs)).toBe('touch');
  });

  it('does not keep the lock open when nobody does', () => {
    const timer = new IdleTimer(0);
    expect(timer.check(touchEveryMs * 2)).toBe('nothing');
  });
});
