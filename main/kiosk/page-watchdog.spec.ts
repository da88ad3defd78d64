import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../vision/manual-clock.ts';
import { frozenAfterMs, graceAfterLoadMs, PageWatchdog } from './page-watchdog.ts';

let clock: ManualClock;
let reloads: string[];
let watchdog: PageWatchdog;

beforeEach(() => {
  clock = new ManualClock();
  reloads = [];
  watchdog = new PageWatchdog({ clock, reload: (reason) => reloads.push(reason) });
});

/** Results come ten times a second; a healthy page draws each. */
function run(ms: number, draws: boolean): void {
  for (let passed = 0; passed < ms; passed += 100) {
    watchdog.sent();
    if (draws) watchdog.drawn();
    clock.pass(100);
  }
}

describe('PageWatchdog', () => {
  it('leaves a page alone that draws', () => {
    watchdog.loading();
    run(5 * 60_000, true);
    expect(reloads).toEqual([]);
  });

  it('reloads a page that has stopped drawing, not before its time', () => {
    run(1_000, true);
    run(frozenAfterMs, false);
    expect(reloads).toEqual([]);
    run(1_000, false);
    expect(reloads).toHaveLength(1);
  });

  it('does not expect anything to be drawn while there are no results', () => {
    run(1_000, true);
    clock.pass(3_600_000);
    run(1_000, true);
    expect(reloads).toEqual([]);
  });

  it('gives a loading page more time', () => {
    watchdog.loading();
    run(graceAfterLoadMs + frozenAfterMs - 1_000, false);
    expect(reloads).toEqual([]);
    run(3_000, false);
    expect(reloads).toHaveLength(1);
  });

  it('reloads once for a crash that is reported twice', () => {
    watchdog.broken('crashed');
    watchdog.broken('unresponsive');
    clock.pass(5_000);
    expect(reloads).toEqual(['crashed']);
  });

  it('slows down when reloading does not help, and never stops', () => {
    for (let minute = 0; minute < 10; minute += 1) {
      for (let second = 0; second < 60; second += 1) {
        watchdog.broken('crashed');
        clock.pass(1_000);
      }
    }
    expect(reloads.length).toBeGreaterThanOrEqual(10);
    expect(reloads.length).toBeLessThanOrEqual(15);
  });

  it('does not reload a window that is being closed', () => {
    watchdog.broken('crashed');
    watchdog.close();
    watchdog.broken('crashed');
    clock.pass(60_000);
    expect(reloads).toEqual([]);
  });
});
