import { expect, it, vi } from 'vitest';
import { firstNoticeAfterMs, NoticeTimer } from './notice-timer.ts';
import { systemClock } from './playback/clock.ts';

it('shows the notice soon after the start, for as long and as often as the operator says', () => {
  vi.useFakeTimers();
  const shown: [number, boolean][] = [];
  const start = performance.now();
  const timer = new NoticeTimer(systemClock, (is) => shown.push([performance.now() - start, is]));
  timer.start({ show: 'interval', everyMinutes: 2, forSeconds: 15 });
  vi.advanceTimersByTime(firstNoticeAfterMs + 2 * 120_000 + 1_000);
  const at = (nth: number) => firstNoticeAfterMs + nth * 120_000;
  expect(shown).toEqual([
    [0, false],
    [at(0), true],
    [at(0) + 15_000, false],
    [at(1), true],
    [at(1) + 15_000, false],
    [at(2), true],
  ]);
  timer.start({ show: 'always', everyMinutes: 1, forSeconds: 15 });
  expect(vi.getTimerCount()).toBe(0);
  expect(shown.at(-1)?.[1]).toBe(false);
  vi.useRealTimers();
});
